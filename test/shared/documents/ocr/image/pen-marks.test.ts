import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, it } from 'vitest';
import { newPage, type Page } from '../../../../../samples/lib/page.ts';
import { type GrayImage, grayFromRgba } from '../../../../../shared/documents/ocr/image/gray-image.ts';
import { type PreparedPage, preparePage } from '../../../../../shared/documents/ocr/image/prepare-page.ts';
import { penMarked } from '../../../../../shared/documents/ocr/pen-marked.ts';
import type { TextRun } from '../../../../../shared/documents/pages/page-text.ts';
import { scanned, toPng } from '../../../../builders/a-scan.ts';

/** Rings and lines of a pen on scanned pages: found, and taken away so that the words can be read. */

const DPI = 200;
const SIZE = 10;
interface Option {
  text: string;
  x: number;
  y: number;
}
/** Options of a choice, with their places in points. */
const OPTIONS = [
  { text: '新規', x: 380 },
  { text: '変更', x: 430 },
].map((option) => ({ ...option, y: 200 })) as [Option, Option];

function form(): Page {
  const page = newPage();
  const text = (x: number, y: number, words: string, size = SIZE) =>
    page.marks.push({ kind: 'text', x, y, size, text: words, bold: false, grey: 0 });
  text(60, 40, '居宅サービス計画作成依頼（変更）届出書　国民年金', 16);
  for (const y of [100, 120, 140, 160])
    text(60, y, '自宅を訪問し、本人と面接した。女子の一二三、土日の工事。');
  text(330, 200, '区分');
  for (const option of OPTIONS) text(option.x, option.y, option.text);
  page.marks.push({ kind: 'rect', x: 50, y: 90, w: 480, h: 190, width: 0.7, fill: null });
  page.marks.push({ kind: 'line', x1: 50, y1: 222, x2: 530, y2: 222, width: 0.7 });
  return page;
}

type Point = [number, number];

/** The page with lines of a pen through these points. */
async function marked(...lines: Point[][]): Promise<PreparedPage> {
  const sheet = await loadImage(toPng(scanned(form(), DPI)));
  const canvas = createCanvas(sheet.width, sheet.height);
  const context = canvas.getContext('2d');
  context.drawImage(sheet, 0, 0);
  context.scale(DPI / 72, DPI / 72);
  context.lineWidth = 1.2;
  for (const line of lines) {
    context.beginPath();
    for (const [i, [x, y]] of line.entries()) i === 0 ? context.moveTo(x, y) : context.lineTo(x, y);
    context.stroke();
  }
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return preparePage(grayFromRgba(data, canvas.width, canvas.height, DPI));
}

const widthOf = (text: string): number => text.length * SIZE;
/** An uneven, not quite closed ring around an option. */
const ring = ({ x, y, text }: Option): Point[] =>
  Array.from({ length: 40 }, (_, i): Point => {
    const [angle, wobble] = [(i / 40) * 6.1, 1 + 0.05 * Math.sin(i * 1.3)];
    const [rx, ry] = [widthOf(text) / 2 + 7, SIZE * 0.95];
    return [
      x + widthOf(text) / 2 + rx * wobble * Math.cos(angle),
      y + SIZE / 2 + ry * wobble * Math.sin(angle),
    ];
  });
const strike = ({ x, y, text }: Option, lean = 0): Point[] => [
  [x - 3, y + SIZE / 2 - lean],
  [x + widthOf(text) + 3, y + SIZE / 2 + lean],
];

const runs: TextRun[] = OPTIONS.map(({ text, x, y }) => ({
  text,
  x,
  baseline: y + SIZE * 0.86,
  width: widthOf(text),
  size: SIZE,
  angle: 0,
}));
const told = (page: PreparedPage) => {
  const { struck, ringed } = penMarked(runs, page);
  return { struck, ringed };
};
const darkIn = ({ data, width, dpi }: GrayImage, x0: number, y0: number, x1: number, y1: number): number => {
  const at = (points: number): number => Math.round((points * dpi) / 72);
  let dark = 0;
  for (let y = at(y0); y < at(y1); y++)
    for (let x = at(x0); x < at(x1); x++) if ((data[y * width + x] as number) < 128) dark++;
  return dark;
};

it('finds a ring around one option and a leaning line through the other, and takes both away', async () => {
  const [first, second] = OPTIONS;
  const page = await marked(strike(first, 0.6), ring(second));
  expect(told(page)).toEqual({ struck: [first.text], ringed: [second.text] });
  const { x, y, text } = second;
  // below the letters the ring alone has ink
  expect(darkIn(page.image, x, y + 1.35 * SIZE, x + widthOf(text), y + 1.6 * SIZE)).toBe(0);
  expect(darkIn(page.image, x, y, x + widthOf(text), y + SIZE)).toBeGreaterThan(100);
});

it('finds no pen on a page without one', async () => {
  const page = await marked();
  expect(told(page)).toEqual({ struck: [], ringed: [] });
  expect(page.rings).toEqual([]);
});
