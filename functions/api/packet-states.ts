import type { PacketLine } from '../../shared/records/views/packet-line.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { type PacketState, packetState } from '../../shared/vocabulary/packet-state.ts';
import type { ApiDependencies } from './dependencies.ts';

/** The line of a packet as a list shows it. */
export type ListedLine = Omit<PacketLine, 'run' | 'office'> & { state: PacketState };

/**
 * The lines with the state of each: a review that a person ended is in the item, not in the line. Without the run: how
 * often a packet was decided would tell an office that another sent papers of its month.
 */
export const withStates = (deps: ApiDependencies, lines: PacketLine[]): Promise<ListedLine[]> =>
  Promise.all(
    lines.map(async ({ run, office, ...line }) => {
      const item =
        line.decision === 'review'
          ? await deps.store.get<ReviewItem>('reviews', { packet_id: line.packet_id })
          : null;
      return { ...line, state: packetState(line, item?.closed ?? null) };
    }),
  );
