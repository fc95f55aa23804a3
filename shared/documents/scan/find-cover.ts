import jsqr from 'jsqr';
import { type GrayImage, scaleTo } from './gray-image.ts';

/** Dots of the code on a 送付票 are some three pixels wide at the first density, six at the second. */
const DENSITIES = [100, 200];
/** Other forms carry codes too; ours begin like this. */
const OURS = 'UKETSUKE';

/** The line in the QR code of a 送付票 on this page, or null when there is none. */
export function findCover(page: GrayImage): string | null {
  if (!mayHoldCode(page)) return null;
  for (const dpi of DENSITIES) {
    const small = scaleTo(page, Math.min(dpi, page.dpi));
    const found = decode(toRgba(small), small.width, small.height);
    if (found) return found.data.startsWith(OURS) ? found.data : null;
  }
  return null;
}

/** The package is CommonJS with its function in `default`, as Node sees it; a bundler takes that away. */
const decode = ('default' in jsqr ? jsqr.default : jsqr) as unknown as typeof import('jsqr').default;

function toRgba({ data }: GrayImage): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(data.length * 4).fill(255);
  for (let i = 0; i < data.length; i++) {
    const gray = data[i] as number;
    rgba[i * 4] = gray;
    rgba[i * 4 + 1] = gray;
    rgba[i * 4 + 2] = gray;
  }
  return rgba;
}

/**
 * A quick look for the corner squares of a code: a row that reads dark, light, dark, light, dark in widths 1:1:3:1:1.
 * Spares pages without a code the search, which takes longer than all else but the reading of characters.
 */
function mayHoldCode(page: GrayImage): boolean {
  const small = scaleTo(page, Math.min(DENSITIES[0] as number, page.dpi));
  let hits = 0;
  for (let y = 0; y < small.height; y++) {
    const runs: number[] = [];
    let dark = false;
    let length = 0;
    for (let x = 0; x <= small.width; x++) {
      const now = x < small.width && (small.data[y * small.width + x] as number) < 128;
      if (now === dark) {
        length++;
        continue;
      }
      runs.push(length);
      if (dark && runs.length >= 5 && isCorner(runs.slice(-5))) hits++;
      dark = now;
      length = 1;
    }
  }
  return hits >= 6;
}

function isCorner(runs: number[]): boolean {
  const unit = runs.reduce((sum, run) => sum + run, 0) / 7;
  if (unit < 1.5) return false;
  return [1, 1, 3, 1, 1].every(
    (times, i) => Math.abs((runs[i] as number) - times * unit) < times * unit * 0.6,
  );
}
