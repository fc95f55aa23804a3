import type { Context } from 'hono';
import { routePath } from 'hono/route';
import { recordAccess } from '../../shared/records/lifecycle/audit.ts';
import type { Caller } from './caller.ts';
import type { ApiDependencies } from './dependencies.ts';

/** A request of any function of the API. */
interface Audited {
  var: { caller: Caller; deps: Pick<ApiDependencies, 'store' | 'now'> };
  req: { method: string };
}

/**
 * One line of the audit trail, written before anything is shown. The line about a packet belongs to its case.
 * @param of which part of the record
 */
export const auditRead = (c: Audited, record: string, of?: string): Promise<void> =>
  audit(c, 'read', record, of);

/** The same before anything is changed. */
export const auditChange = (c: Audited, record: string, of?: string): Promise<void> =>
  audit(c, 'change', record, of);

async function audit(c: Audited, does: 'read' | 'change', record: string, of?: string): Promise<void> {
  const { deps, caller } = c.var;
  const what = `${c.req.method} ${routePath(c as unknown as Context)}`;
  await recordAccess(deps.store, caller, { does, record, what, of: of ?? null }, deps.now());
}
