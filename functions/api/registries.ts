import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { editionOfImport, registryImports } from '../../shared/records/events/event-keys.ts';
import { readRange } from '../../shared/records/events/event-log.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { importRegistry } from '../../shared/records/steps/import-registry.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import {
  listRegistries,
  loadEdition,
  loadRegistry,
  readHead,
} from '../../shared/records/store/registry-store.ts';
import { compareRegistries } from '../../shared/registry/compare-registries.ts';
import {
  acceptRegistry,
  type Registry,
  RegistryError,
  readRegistryText,
} from '../../shared/registry/registry.ts';
import { registryTable, TABLE_LISTS, TABLE_NAMES, withTable } from '../../shared/registry/registry-tables.ts';
import { printableShort } from '../../shared/text/printable.ts';
import { cityLabel } from '../../shared/vocabulary/labels.ts';
import { auditChange } from './audit-access.ts';
import { isOperator, requireCity } from './caller.ts';
import { downloadCsv } from './download.ts';
import type { ApiContext, Env } from './env.ts';
import { body, query } from './inputs.ts';
import { knownCity, noSuch } from './params.ts';

/** A city without a registry begins with a table. */
const EMPTY = { insurer_numbers: [], areas: [], centers: [], offices: [] };

const sentTable = z.strictObject({ csv: z.string().min(1).max(5_000_000) });

function readTable(raw: unknown): z.output<typeof sentTable> {
  const sent = sentTable.safeParse(raw);
  if (sent.success) return sent.data;
  throw new HTTPException(400, { message: '表（CSV）の内容がないか、大きすぎます。' });
}

/** What is wrong with the registry is for the city; any other error is a fault of the program. */
const refusal = (error: unknown): unknown =>
  error instanceof RegistryError ? new HTTPException(400, { message: error.message }) : error;

/** A registry as its keys, which acceptRegistry checks, or its YAML under `yaml`. */
const sentRegistry = z.object({ yaml: z.string().optional() }).loose();
type SentRegistry = z.infer<typeof sentRegistry>;

const readSent = (raw: unknown): SentRegistry => {
  const sent = sentRegistry.safeParse(raw);
  if (!sent.success) throw new HTTPException(400, { message: '登録簿の内容がありません。' });
  if (sent.data.yaml !== undefined && Object.keys(sent.data).length > 1)
    throw new HTTPException(400, { message: 'yaml で送るときは、ほかの項目を付けずに送ってください。' });
  return sent.data;
};

function registryOf(sent: SentRegistry, city: string): Registry {
  try {
    const registry = sent.yaml === undefined ? acceptRegistry(sent, city) : readRegistryText(sent.yaml, city);
    if (registry.city !== city)
      throw new RegistryError(
        `この登録簿は${cityLabel(registry.city)}のものです（取込先は${cityLabel(city)}）。`,
      );
    return registry;
  } catch (error) {
    throw refusal(error);
  }
}

function cityOf(c: ApiContext): string {
  const city = printableShort(c.req.param('city') ?? '');
  requireCity(c.var.caller, city);
  return city;
}

const editionInForce = async (c: ApiContext, city: string): Promise<string | null> =>
  (await readHead(c.var.deps.store, city))?.edition ?? null;

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
  /** Imports a registry. `?over=`: the edition it was made from; where another is in force, it is a conflict. */
  .put('/registries/:city', query('over'), body(sentRegistry, readSent), async (c) => {
    const { deps } = c.var;
    const city = cityOf(c);
    const registry = registryOf(c.req.valid('json'), city);
    const { over } = c.req.valid('query');
    if (over !== undefined && over !== (await editionInForce(c, city)))
      throw new HTTPException(409, {
        message: 'この登録簿は、開いた後に別の人が変えました。開き直して、変える内容を確かめてください。',
      });
    await auditChange(c, auditOf.registry(city));
    try {
      return c.json(await importRegistry(deps.store, registry, deps.now()));
    } catch (error) {
      throw refusal(error);
    }
  })
  /** What an import would change. Changes nothing. */
  .post('/registries/:city/preview', body(sentRegistry, readSent), async (c) => {
    const city = cityOf(c);
    const registry = registryOf(c.req.valid('json'), city);
    const before = await loadRegistry(c.var.deps.store, city);
    const over = await editionInForce(c, city);
    return c.json({ city, over, changes: compareRegistries(before, registry) });
  })
  /** One list of it as a table for a spreadsheet, as `from-table` reads it again. */
  .get('/registries/:city/tables/:list', query('encoding'), async (c) => {
    const city = cityOf(c);
    const list = TABLE_LISTS.find((one) => one === c.req.param('list'));
    const registry = list && (await loadRegistry(c.var.deps.store, city));
    if (!list || !registry) return noSuch();
    const { columns, rows } = registryTable(registry, list);
    return downloadCsv(c, `${cityLabel(city)}_${TABLE_NAMES[list]}`, columns, rows);
  })
  /** The registry in force with one list out of a table (CSV). Changes nothing. */
  .post('/registries/:city/from-table', body(sentTable, readTable), async (c) => {
    const city = cityOf(c);
    const before = await loadRegistry(c.var.deps.store, city);
    const registry = before ?? { ...EMPTY, city };
    try {
      return c.json(acceptRegistry(withTable(registry, c.req.valid('json').csv), city));
    } catch (error) {
      throw refusal(error);
    }
  })
  /** Every import, the newest first. */
  .get('/registries/:city/editions', async (c) => {
    const city = cityOf(c);
    const imports = await collect(readRange(c.var.deps.store, registryImports(city)));
    const in_force = await editionInForce(c, city);
    const editions = imports.map((one) => ({ edition: editionOfImport(one), imported_at: one.at }));
    return c.json({ city, in_force, editions: editions.reverse() });
  })
  .get('/registries/:city/editions/:edition', async (c) => {
    const city = cityOf(c);
    const { edition } = c.req.param();
    const registry = /^[0-9a-f]{12}$/.test(edition)
      ? await loadEdition(c.var.deps.store, city, edition)
      : null;
    return registry ? c.json(registry) : noSuch();
  });
