/**
 * Position of a verdict in its upload. It follows from the upload alone, so that work repeated after a crash, in any
 * order, gives the same packet the same position.
 */
export interface PacketPosition {
  /** the packet, from 1 in the order of the archive */
  packet: number;
  /** 0: the packet itself; from 1: what was found in its stack of papers */
  part: number;
}

/** A position as a sort key: `000001`, `000001.0002`. */
export function positionKey({ packet, part }: PacketPosition): string {
  const key = String(packet).padStart(6, '0');
  return part === 0 ? key : `${key}.${String(part).padStart(4, '0')}`;
}

export const isSamePosition = (a: PacketPosition, b: PacketPosition): boolean =>
  a.packet === b.packet && a.part === b.part;
