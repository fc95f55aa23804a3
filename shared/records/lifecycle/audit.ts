import { randomBytes } from 'node:crypto';
import { type CaseId, registryStream, uploadStream } from '../events/event-keys.ts';
import { versionsOfMonth } from '../events/read-case.ts';
import type { RecordStore } from '../store/record-store.ts';

/** Role and subject of the token; never the name of a person in care. */
export interface Actor {
  roles: readonly string[];
  subject: string;
}

/** One line of the audit trail: who saw or changed which record, when, by which route or command. */
export interface AuditEntry {
  /** case#city#person#month, upload#receipt, office#number, area#city#area#month, queue#city#area, registry#city, waiver#city, desk#what */
  record: string;
  /** sort key: time, and for a read the minute alone with who and what */
  at: string;
  /** ISO time */
  time: string;
  does: 'read' | 'change';
  role: string;
  subject: string;
  /** route or command: GET /packets/:id, retention.complete */
  what: string;
  /** part of the record: a packet id, a month */
  of: string | null;
}

export const auditOf = {
  case: ({ city, person, month }: CaseId): string => `case#${city}#${person}#${month}`,
  upload: (uploadId: string): string => uploadStream(uploadId),
  office: (office: string): string => `office#${office}`,
  area: (city: string, area: string, month: string): string => `area#${city}#${area}#${month}`,
  queue: (city: string, area: string): string => `queue#${city}#${area}`,
  registry: (city: string): string => registryStream(city),
  /** the waivers of a city */
  waivers: (city: string): string => `waiver#${city}`,
  /** the desk as a whole: its dead letters, its read models */
  desk: (what: string): string => `desk#${what}`,
};

/**
 * Writes one line before anything is shown or changed: what cannot be audited is not done.
 * A page that polls every second is one line a minute.
 */
export async function recordAccess(
  store: RecordStore,
  { roles, subject }: Actor,
  access: Pick<AuditEntry, 'does' | 'record' | 'what'> & { of?: string | null },
  now: Date,
): Promise<void> {
  const time = now.toISOString();
  const role = roles.join('+') || 'none';
  const { record, does, what, of = null } = access;
  const at =
    does === 'read'
      ? `${time.slice(0, 16)}#${role}#${subject}#${what}#${of ?? ''}`
      : `${time}#${randomBytes(6).toString('hex')}`;
  const entry: AuditEntry = { record, at, time, does, role, subject, what, of };
  await store.putOnce('audit', entry);
}

/**
 * Every read and change of one case, oldest first: of the case itself, of the uploads that brought it, and of the lists
 * of its area that showed it, from its first receipt on.
 */
export async function trailOf(store: RecordStore, id: CaseId): Promise<AuditEntry[]> {
  const versions = await versionsOfMonth(store, id);
  const since = versions.map((one) => one.received_at).sort()[0] ?? '';
  const areas = new Set(versions.map((one) => one.area));
  const lists = [...areas].flatMap((area) => [
    auditOf.area(id.city, area, id.month),
    auditOf.queue(id.city, area),
  ]);
  const uploads = new Set(versions.map((one) => auditOf.upload(one.upload_id)));
  const trail: AuditEntry[] = [];
  for (const record of [auditOf.case(id), ...uploads, ...lists])
    for await (const entry of store.partition<AuditEntry>('audit', record))
      if (!lists.includes(record) || entry.time >= since) trail.push(entry);
  return trail.sort((a, b) => a.time.localeCompare(b.time));
}
