import { routePath } from 'hono/route';
import { recordAccess } from '../../shared/records/lifecycle/audit.ts';
import type { ApiContext } from './env.ts';

/**
 * One line of the audit trail, written before anything is shown. The line about a packet belongs to its case.
 * @param of which part of the record
 */
export const auditRead = (c: ApiContext, record: string, of?: string): Promise<void> =>
  audit(c, 'read', record, of);

/** The same before anything is changed. */
export const auditChange = (c: ApiContext, record: string, of?: string): Promise<void> =>
  audit(c, 'change', record, of);

async function audit(c: ApiContext, does: 'read' | 'change', record: string, of?: string): Promise<void> {
  const { deps, caller } = c.var;
  const what = `${c.req.method} ${routePath(c)}`;
  await recordAccess(deps.store, caller, { does, record, what, of: of ?? null }, deps.now());
}
