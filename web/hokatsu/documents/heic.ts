/** Brands of HEIC and HEIF pictures (ISO/IEC 23008-12), as phones write them; cameras name them .jpg as well. */
const BRANDS: ReadonlySet<string> = new Set(['mif1', 'msf1', 'heic', 'heix', 'hevc', 'hevx']);

export function isHeic(bytes: Uint8Array): boolean {
  const letters = (from: number): string => String.fromCharCode(...bytes.subarray(from, from + 4));
  return letters(4) === 'ftyp' && BRANDS.has(letters(8));
}
