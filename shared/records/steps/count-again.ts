import type { PacketDecided } from '../events/packet-events.ts';
import { currentOf, stands, versionsOf } from '../events/read-case.ts';
import { readRuns } from '../events/read-packet.ts';
import type { AreaMonth } from '../store/case-record.ts';
import type { RecordContext } from '../store/record-context.ts';
import { putCase } from '../views/case-view.ts';
import { refreshReview } from '../views/review-acts.ts';
import { reopenReview } from '../views/review-item.ts';

/**
 * Once later versions of a chain were withdrawn or left, the one that counts takes the case and the queue again. Returns the
 * areas whose summaries must be recomputed. Idempotent.
 */
export async function countAgain(records: RecordContext, gone: PacketDecided): Promise<AreaMonth[]> {
  const { store } = records;
  const chain = await versionsOf(store, gone);
  const current = currentOf(chain);
  if (!current || !stands(current)) return [];
  const instead = chain.filter(({ seq }) => seq > current.seq).map(({ version }) => version);
  const { packet_id } = current;
  const decided = (await readRuns(records, packet_id)).find(({ run }) => run === current.run);
  if (instead.length === 0 || !decided) return [];
  await putCase(store, decided, await records.results.readVerdict(decided), current, { instead });
  if (await reopenReview(store, decided)) await refreshReview(store, packet_id, decided);
  const { city, area, month } = decided;
  return [{ city, area, month }];
}
