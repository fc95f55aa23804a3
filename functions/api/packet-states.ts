import type { PacketLine } from '../../shared/records/views/packet-line.ts';
import { type PacketState, packetState } from '../../shared/vocabulary/packet-state.ts';

/** The line of a packet as a list shows it. */
export type ListedLine = Omit<PacketLine, 'run' | 'office' | 'sender_areas' | 'review_closed'> & {
  state: PacketState;
};

/**
 * The lines with the state of each. Without the run: how often a packet was decided would tell an office that another sent
 * papers of its month.
 */
export const withStates = (lines: PacketLine[]): ListedLine[] =>
  lines.map(({ run, office, sender_areas, review_closed, ...line }) => ({
    ...line,
    state: packetState(line, review_closed ?? null),
  }));
