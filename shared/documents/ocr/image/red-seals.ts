/**
 * The ink of a red seal is removed before a page is read: print beneath it is darker in the red channel than the seal is.
 * Blue stays, because people tick boxes and sign in blue.
 */

/** Least excess of red over the other channels in the ink of a seal; its rim in a JPEG is pale. */
const PALE_RED = 24;
/** The same in its middle, where it has its full colour. */
const FULL_RED = 60;

export const isRed = (r: number, g: number, b: number, by = PALE_RED): boolean => r - g > by && r - b > by;

/** Parts of the longer side in which the colour of a seal is measured: about half an inch of A4. */
const TILES = 24;
/** In a tile, this part of the red pixels is no lighter than the seal; print beneath is a small part of it. */
const USUAL = 0.6;

/** The red of the seals around a pixel, 0 without a seal. Seals differ, and a shadow darkens them. */
export function findSealReds(
  rgba: ArrayLike<number>,
  width: number,
  height: number,
): (pixel: number) => number {
  const tile = Math.max(16, Math.ceil(Math.max(width, height) / TILES));
  const across = Math.ceil(width / tile);
  const counts = new Map<number, Uint32Array>();
  const tileOf = (pixel: number): number =>
    Math.floor(Math.floor(pixel / width) / tile) * across + Math.floor((pixel % width) / tile);
  for (let i = 0, at = 0; i < width * height; i++, at += 4) {
    const [r, g, b] = [rgba[at] as number, rgba[at + 1] as number, rgba[at + 2] as number];
    if (!isRed(r, g, b, FULL_RED)) continue;
    const number = tileOf(i);
    const count = counts.get(number) ?? new Uint32Array(256);
    counts.set(number, count);
    count[r]!++;
  }
  const reds = new Map([...counts].map(([number, count]) => [number, usualOf(count)]));
  return (pixel) => reds.get(tileOf(pixel)) ?? 0;
}

function usualOf(counts: Uint32Array): number {
  const wanted = counts.reduce((sum, count) => sum + count, 0) * USUAL;
  let seen = 0;
  return counts.findIndex((count) => {
    seen += count;
    return seen >= wanted;
  });
}

/** Darker reds are print and pens. */
const DARKEST_SEAL = 196;
/** Noise of a JPEG within a seal. */
const NOISE = 12;
/** An opaque seal leaves little of the contrast of print beneath it. */
const CONTRAST = 6;

/** The gray of a red pixel where the seals around have this red. */
export const withoutSeal = (red: number, sealRed: number): number =>
  sealRed < DARKEST_SEAL ? red : Math.max(0, 255 - CONTRAST * Math.max(0, sealRed - NOISE - red));
