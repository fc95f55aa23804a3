import type { Overtaken } from '../../decision/overtaken.ts';
import type { RecordContext } from '../store/record-context.ts';
import type { PacketDecided } from './packet-events.ts';
import { versionsOf, withdrawalOf } from './read-case.ts';
import { readDecision, readPacketStream } from './read-packet.ts';

/** An upload that completes a packet. */
export type Completing = Pick<PacketDecided, 'upload_id' | 'received_at'> & { joins: string };

/**
 * What came between an upload that completes a packet and that packet; null: nothing did. The same whenever it is asked
 * once the version of the upload has its number: later versions, and withdrawals after its arrival, are left out.
 */
export async function readOvertaken(
  records: Pick<RecordContext, 'store'>,
  { upload_id, received_at, joins }: Completing,
): Promise<Overtaken | null> {
  const { runs, moved } = await readPacketStream(records, joins);
  const base = runs.at(-1);
  // Erased: its files cannot be read either.
  if (!base) return null;
  const chain = await versionsOf(records.store, base);
  const completed = chain.findLast(({ packet_id }) => packet_id === joins);
  const own = chain.find((version) => version.upload_id === upload_id);
  const wasWithdrawn = (at: string | null | undefined): boolean => Boolean(at && at < received_at);
  const between = chain.filter(
    (one) =>
      one.is_read &&
      one.upload_id !== upload_id &&
      one.version > (completed?.version ?? 0) &&
      (own ? one.version < own.version : one.received_at <= received_at) &&
      !wasWithdrawn(one.withdrawn_at),
  );
  const elsewhere = moved && (await readDecision(records, moved.to));
  const hasMoved =
    elsewhere &&
    elsewhere.upload_id !== upload_id &&
    elsewhere.received_at <= received_at &&
    !wasWithdrawn(await withdrawalOf(records.store, elsewhere));
  const by = [...between, ...(hasMoved ? [elsewhere] : [])].map((one) => one.upload_id);
  const isWithdrawn = wasWithdrawn(completed?.withdrawn_at);
  if (by.length === 0 && !isWithdrawn) return null;
  return { base: base.upload_id, by: [...new Set(by)], isWithdrawn };
}
