import type { GrayImage } from './gray-image.ts';

/** Connected ink. Pixels are given as runs in rows: y, from x, to x (exclusive). */
export interface InkBlob {
  x0: number;
  y0: number;
  /** exclusive */
  x1: number;
  y1: number;
  pixels: number;
  runs: [y: number, from: number, to: number][];
}

/** The blobs of a black-and-white page (0 is ink), eight-connected, by joining the runs of neighbouring rows. */
export function inkBlobs(image: GrayImage): InkBlob[] {
  const { width, height, data } = image;
  const runs: [number, number, number][] = [];
  const parent: number[] = [];
  let above: number[] = [];
  for (let y = 0; y < height; y++) {
    const here: number[] = [];
    let first = 0;
    for (let x = 0; x < width; ) {
      if (data[y * width + x] !== 0) {
        x++;
        continue;
      }
      const from = x;
      while (x < width && data[y * width + x] === 0) x++;
      const id = runs.push([y, from, x]) - 1;
      parent.push(id);
      here.push(id);
      while (first < above.length && (runs[above[first] as number]?.[2] as number) < from) first++;
      for (let i = first; i < above.length; i++) {
        const other = above[i] as number;
        if ((runs[other]?.[1] as number) > x) break;
        join(parent, id, other);
      }
    }
    above = here;
  }
  const blobs = new Map<number, InkBlob>();
  for (const [id, run] of runs.entries()) {
    const [y, from, to] = run;
    const root = rootOf(parent, id);
    const blob = blobs.get(root);
    if (!blob) {
      blobs.set(root, { x0: from, y0: y, x1: to, y1: y + 1, pixels: to - from, runs: [run] });
      continue;
    }
    blob.x0 = Math.min(blob.x0, from);
    blob.x1 = Math.max(blob.x1, to);
    blob.y1 = Math.max(blob.y1, y + 1);
    blob.pixels += to - from;
    blob.runs.push(run);
  }
  return [...blobs.values()];
}

function rootOf(parent: number[], id: number): number {
  let root = id;
  while (parent[root] !== root) root = parent[root] as number;
  for (let at = id; parent[at] !== root; ) {
    const next = parent[at] as number;
    parent[at] = root;
    at = next;
  }
  return root;
}

function join(parent: number[], a: number, b: number): void {
  const [one, other] = [rootOf(parent, a), rootOf(parent, b)];
  if (one !== other) parent[Math.max(one, other)] = Math.min(one, other);
}

/** Erases a blob. */
export function eraseBlob(image: GrayImage, blob: InkBlob): void {
  for (const [y, from, to] of blob.runs) image.data.fill(255, y * image.width + from, y * image.width + to);
}

/** Dust: fewer pixels than the dot of a small letter. */
export const isSpeck = (blob: InkBlob, dpi: number): boolean =>
  blob.pixels <= Math.max(3, (dpi / 150) ** 2 * 2);
