import type { PacketState } from '../../../shared/vocabulary/packet-state.ts';
import type { OwnPacket } from './packets-query.ts';

/** What the user looks for. */
export interface PacketFilter {
  /** of a person's number, the office's own name of the packet, or a receipt number */
  text: string;
  /** YYYY-MM, `unknown`, or empty for every month */
  month: string;
  state: PacketState | '';
}

const monthOfPacket = ({ service_month }: Pick<OwnPacket, 'service_month'>): string =>
  service_month ?? 'unknown';

/** Width and case do not count: ＡＢ finds ab. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');

export function filterPackets(
  packets: readonly OwnPacket[],
  { text, month, state }: PacketFilter,
): OwnPacket[] {
  const wanted = fold(text);
  return packets.filter(
    (one) =>
      (month === '' || monthOfPacket(one) === month) &&
      (state === '' || one.state === state) &&
      fold(`${one.packet} ${one.insured_number ?? ''} ${one.receipt}`).includes(wanted),
  );
}

/** The months of a list, the latest first; the unknown one last. */
export const monthsOf = (packets: readonly OwnPacket[]): string[] =>
  [...new Set(packets.map(monthOfPacket))].sort((a, b) =>
    a === 'unknown' ? 1 : b === 'unknown' ? -1 : b.localeCompare(a),
  );
