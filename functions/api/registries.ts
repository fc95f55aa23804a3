import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { importRegistry } from '../../shared/records/steps/import-registry.ts';
import { listRegistries, loadRegistry } from '../../shared/records/store/registry-store.ts';
import { acceptRegistry, type Registry, RegistryError } from '../../shared/registry/registry.ts';
import { printableShort } from '../../shared/text/printable.ts';
import { auditChange } from './audit-access.ts';
import { isOperator, requireCity } from './caller.ts';
import { type Env, readJson } from './env.ts';
import { knownCity, noSuch } from './params.ts';

function readRegistry(raw: unknown, city: string): Registry {
  try {
    return acceptRegistry(raw, city);
  } catch (error) {
    throw refusal(error);
  }
}

/** What is wrong with the registry is for the city; any other error is a fault of the program. */
const refusal = (error: unknown): unknown =>
  error instanceof RegistryError ? new HTTPException(400, { message: error.message }) : error;

export const registries = new Hono<Env>()
  /** The imported registries, without their entries. */
  .get('/registries', async (c) => {
    const { deps, caller } = c.var;
    const heads = await listRegistries(deps.store);
    return c.json({ registries: heads.filter((one) => isOperator(caller) || one.city === caller.city) });
  })
  .get('/registries/:city', async (c) => {
    const { deps, caller } = c.var;
    const city = knownCity(c.req.param('city'));
    // A 包括 needs the names of its own city's areas.
    if (!(caller.roles.includes('hokatsu') && caller.city === city)) requireCity(caller, city);
    const registry = await loadRegistry(deps.store, city);
    return registry ? c.json(registry) : noSuch();
  })
  .put('/registries/:city', async (c) => {
    const { deps, caller } = c.var;
    const city = printableShort(c.req.param('city'));
    requireCity(caller, city);
    const registry = readRegistry(await readJson(c), city);
    if (registry.city !== city)
      throw new HTTPException(400, {
        message: `この登録簿は ${registry.city} のものです (宛先は ${city})。`,
      });
    await auditChange(c, auditOf.registry(city));
    try {
      return c.json(await importRegistry(deps.store, registry, deps.now()));
    } catch (error) {
      throw refusal(error);
    }
  });
