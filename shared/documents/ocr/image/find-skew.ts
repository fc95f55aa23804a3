import { type GrayImage, shrinkWhole } from './gray-image.ts';

/** Greatest skew of a page, in degrees. More is a sideways page or a picture of something else. */
const RANGE = 5;
const COARSE = 0.5;
const FINE = 0.1;

/**
 * The angle (degrees, clockwise positive) that straightens the page.
 * The lines of print and rule of a straight page fall into few rows, so the sum of squares of the ink in each row is
 * largest at the right angle (projection profile).
 * @param image black ink on white (see `whiten`)
 */
export function findSkew(image: GrayImage): number {
  const small = shrinkWhole(image, Math.max(1, Math.round(image.dpi / 75)));
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++)
      if ((small.data[y * small.width + x] as number) < 160) {
        xs.push(x);
        ys.push(y);
      }
  if (xs.length < 200) return 0;
  const score = (degrees: number): number => profileScore(xs, ys, small, degrees);
  const coarse = best(-RANGE, RANGE, COARSE, score);
  const angle = best(coarse - COARSE, coarse + COARSE, FINE, score);
  // turning is not worth it where the page gets hardly straighter
  return score(angle) > score(0) * 1.02 ? angle : 0;
}

/**
 * True when the lines of print run down the page: the ink of the columns then comes in stronger waves than that of
 * the rows. Does not detect a page upside down. Ruled lines must be removed first, they run both ways.
 * @param image black ink on white
 */
export function liesSideways(image: GrayImage): boolean {
  const { width, height, data } = image;
  const rows = new Float64Array(height);
  const columns = new Float64Array(width);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const ink = 255 - (data[y * width + x] as number);
      rows[y] = (rows[y] as number) + ink / width;
      columns[x] = (columns[x] as number) + ink / height;
    }
  return waves(columns) > waves(rows) * 1.3;
}

/** How much neighbouring sums differ. */
function waves(sums: Float64Array): number {
  let sum = 0;
  for (let i = 2; i < sums.length; i++) sum += ((sums[i] as number) - (sums[i - 2] as number)) ** 2;
  return sum / sums.length;
}

function best(from: number, to: number, step: number, score: (degrees: number) => number): number {
  let [winner, highest] = [0, -1];
  for (let i = 0; i <= Math.round((to - from) / step); i++) {
    const degrees = from + i * step;
    const value = score(degrees);
    if (value > highest) [winner, highest] = [degrees, value];
  }
  return winner;
}

function profileScore(
  xs: number[],
  ys: number[],
  image: { width: number; height: number },
  degrees: number,
): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const margin = Math.ceil(image.width * Math.abs(slope)) + 1;
  const rows = new Float64Array(image.height + 2 * margin + 2);
  for (let i = 0; i < xs.length; i++) {
    const y = (ys[i] as number) + slope * ((xs[i] as number) - image.width / 2) + margin;
    const row = Math.floor(y);
    rows[row] = (rows[row] as number) + 1 - (y - row);
    rows[row + 1] = (rows[row + 1] as number) + (y - row);
  }
  let sum = 0;
  for (const ink of rows) sum += ink * ink;
  return sum;
}
