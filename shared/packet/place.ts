/**
 * Where a verdict stands in its upload. A whole number is a packet, from 1; what was found in the stack of papers of a
 * packet stands right behind it: 1.0001, 1.0002. It follows from the upload alone, so that whoever does the work again
 * after a crash, in whatever order, puts the same thing in the same place.
 */
export const placeInStack = (packet: number, part: number): number =>
  part === 0 ? packet : Number(`${packet}.${String(part).padStart(4, '0')}`);

/** The packet a place belongs to. */
export const packetOfPlace = (place: number): number => Math.floor(place);

/** A place as a sort key: `000001`, `000001.0002`. */
export function placeName(place: number): string {
  const [packet = '', part] = String(place).split('.');
  return packet.padStart(6, '0') + (part ? `.${part.padEnd(4, '0')}` : '');
}
