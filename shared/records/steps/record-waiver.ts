import { randomBytes } from 'node:crypto';
import { japanDate } from '../../calendar/japan-time.ts';
import type { Waiver } from '../../rules/waiver.ts';
import { waiverKeys } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import { type RecordedWaiver, readWaivers } from '../events/read-waivers.ts';
import type { RecordContext } from '../store/record-context.ts';

type Records = Pick<RecordContext, 'store' | 'now'>;
interface Actor {
  by: string;
  role: string;
}

/** Records a waiver that was checked before (shared/rules/waiver.ts), under a number of its own. */
export async function grantWaiver(
  { store, now }: Records,
  granted: Omit<Waiver, 'id'>,
  actor: Actor,
): Promise<RecordedWaiver> {
  const at = now().toISOString();
  const id = `W${japanDate(at).replaceAll('-', '')}-${randomBytes(4).toString('hex').toUpperCase()}`;
  const waiver = { id, ...granted };
  await append(store, { ...waiverKeys.granted(granted.city, id), at, waiver, ...actor });
  return { ...waiver, granted: { at, by: actor.by }, ended: null };
}

/** Ends a waiver today, once: the first end stays. Null where the city has none of this number. */
export async function endWaiver(
  { store, now }: Records,
  { city, id, reason }: { city: string; id: string; reason: string },
  actor: Actor,
): Promise<RecordedWaiver | null> {
  const existing = (await readWaivers(store, city)).find((one) => one.id === id);
  if (!existing) return null;
  const at = now().toISOString();
  const key = waiverKeys.ended(city, id);
  await append(store, { ...key, at, waiver_id: id, until: japanDate(at), reason, ...actor });
  return (await readWaivers(store, city)).find((one) => one.id === id) ?? null;
}
