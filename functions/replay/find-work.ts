import { areaMonth, type CaseRecord } from '../../shared/records/store/case-record.ts';
import type { RecordStore } from '../../shared/records/store/record-store.ts';
import type { Replay, ReplayWork } from '../../shared/records/store/replay-store.ts';
import type { AreaSummary } from '../../shared/records/views/area-summary.ts';

/** The packets that count in the months of a replay, by the upload they came in, in the order of its number. */
export async function findWork(store: RecordStore, replay: Replay): Promise<ReplayWork[]> {
  const packets = new Map<string, string[]>();
  for await (const { city, area, month } of summariesOf(store, replay))
    for await (const one of store.partition<CaseRecord>('cases', areaMonth({ city, area, month }))) {
      if (one.superseded || one.erased || one.withdrawn_at) continue;
      packets.set(one.upload_id, [...(packets.get(one.upload_id) ?? []), one.packet_id]);
    }
  return [...packets]
    .map(([upload_id, found]) => ({ upload_id, packets: found }))
    .sort((a, b) => (a.upload_id < b.upload_id ? -1 : 1));
}

/** The numbers of a city's areas in some months. */
async function* summariesOf(
  store: RecordStore,
  { replay: city, from, until }: Pick<Replay, 'replay' | 'from' | 'until'>,
): AsyncGenerator<AreaSummary> {
  for await (const summary of store.partition<AreaSummary>('summaries', city))
    if (from <= summary.month && summary.month <= until) yield summary;
}
