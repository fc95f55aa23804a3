import jsqr from 'jsqr';
import { whiten } from './image/clean-page.ts';
import { type GrayImage, scaleTo } from './image/gray-image.ts';

/** Dots of the code on a 送付票 are some three pixels wide at the first density, six at the second. */
const DENSITIES = [100, 200];
const LEAST_WHITENED = 90;
/** Other forms carry codes too; ours begin like this. */
const OURS = 'UKETSUKE';

/** The line in the QR code of a 送付票 on this page, or null. */
export function findCover(page: GrayImage): string | null {
  for (const dpi of DENSITIES) {
    const scaled = scaleTo(page, Math.min(dpi, page.dpi));
    // Whitened, faint print is black and noise has become specks; dots of two pixels would lose their shape.
    const small = page.dpi < LEAST_WHITENED ? scaled : whiten(scaled);
    if (dpi === DENSITIES[0] && !mayHoldCode(small)) return null;
    const found = decode(toRgba(small), small.width, small.height, { inversionAttempts: 'dontInvert' });
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
 * A quick look for the corner squares of a code: dark, light, dark, light, dark in widths 1:1:3:1:1, across and down.
 * Spares pages without a code the search, which takes as long as cleaning the page.
 */
function mayHoldCode({ width, height, data }: GrayImage): boolean {
  const isDark = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && (data[y * width + x] as number) < 128;
  let hits = 0;
  for (let y = 0; y < height; y++) {
    let runs: number[] = [];
    let dark = false;
    let length = 0;
    for (let x = 0; x <= width; x++) {
      if (isDark(x, y) === dark) {
        length++;
        continue;
      }
      runs = [...runs.slice(-4), length];
      const middle = x - (runs[4] ?? 0) - (runs[3] ?? 0) - Math.ceil((runs[2] ?? 0) / 2);
      if (dark && isCorner(runs) && isCorner(runsDown(isDark, middle, y))) hits++;
      dark = !dark;
      length = 1;
    }
  }
  return hits >= 6;
}

/** The five runs above and below a place, beginning and ending dark. */
function runsDown(isDark: (x: number, y: number) => boolean, x: number, y: number): number[] {
  const reach = (step: 1 | -1): number[] => {
    const runs: number[] = [];
    let at = y + step;
    for (const dark of [true, false, true]) {
      let length = 0;
      while (isDark(x, at) === dark && length < 60) {
        length++;
        at += step;
      }
      runs.push(length);
    }
    return runs;
  };
  const [up, down] = [reach(-1), reach(1)] as [number[], number[]];
  return [up[2], up[1], (up[0] as number) + 1 + (down[0] as number), down[1], down[2]] as number[];
}

function isCorner(runs: number[]): boolean {
  if (runs.length < 5) return false;
  const unit = runs.reduce((sum, run) => sum + run, 0) / 7;
  if (unit < 1.5) return false;
  return [1, 1, 3, 1, 1].every(
    (times, i) => Math.abs((runs[i] as number) - times * unit) < times * unit * 0.6,
  );
}
