import { areaOf, type Box } from './geometry.ts';

/** A card reduced on a copying machine still is as large, in points; seals, logos and photos of a face are smaller. */
const CARD = { area: 20_000, side: 70 };
export const isCardSized = (box: Box): boolean =>
  areaOf(box) >= CARD.area && Math.min(box.right - box.x, box.bottom - box.y) >= CARD.side;

/** Scanners cut a page into strips with at most this between them, in points. */
const GAP = 3;
/** more pieces than a scanned page has */
const MOST_PIECES = 400;

/** The pictures of a page, pieces that touch put together; only those in which a document may be. */
export function largePictures(pictures: Box[]): Box[] {
  if (pictures.length > MOST_PIECES) return [around(pictures)];
  const whole: Box[] = [];
  for (const picture of pictures) {
    let box = picture;
    for (let i = whole.length - 1; i >= 0; i--)
      if (touches(whole[i] as Box, box)) {
        box = around([whole[i] as Box, box]);
        whole.splice(i, 1);
        i = whole.length;
      }
    whole.push(box);
  }
  return whole.filter(isCardSized);
}

const touches = (a: Box, b: Box): boolean =>
  a.x - GAP <= b.right && b.x - GAP <= a.right && a.y - GAP <= b.bottom && b.y - GAP <= a.bottom;

const around = (boxes: Box[]): Box => ({
  x: Math.min(...boxes.map(({ x }) => x)),
  y: Math.min(...boxes.map(({ y }) => y)),
  right: Math.max(...boxes.map(({ right }) => right)),
  bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
});

/** Part of the page that pictures cover. */
export const coverage = (pictures: Box[], page: { width: number; height: number }): number =>
  Math.min(1, pictures.reduce((sum, box) => sum + areaOf(box), 0) / Math.max(1, page.width * page.height));
