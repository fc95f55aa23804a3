import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { newPage } from '../../../../../samples/lib/page.ts';
import { removeRules, whiten } from '../../../../../shared/documents/ocr/image/clean-page.ts';
import { findSkew, liesSideways } from '../../../../../shared/documents/ocr/image/find-skew.ts';
import {
  blankImage,
  grayFromRgba,
  rotate,
  turnQuarters,
} from '../../../../../shared/documents/ocr/image/gray-image.ts';
import { pageImages } from '../../../../../shared/documents/ocr/image/page-images.ts';
import { preparePage } from '../../../../../shared/documents/ocr/image/prepare-page.ts';
import { scanned } from '../../../../builders/a-scan.ts';

const text = (x: number, y: number, words: string, size = 10) =>
  ({ kind: 'text', x, y, size, text: words, bold: false, grey: 0 }) as const;

function aForm() {
  const page = newPage();
  page.marks.push(
    text(60, 40, '介護予防支援経過記録', 16),
    ...[100, 120, 140, 160].map((y) => text(60, y, '自宅を訪問し、本人と面接した。変わりなく過ごしている。')),
    text(60, 200, '□男　■女　□要支援１　窓口　入口　国民年金　図書　回数'),
    { kind: 'rect', x: 50, y: 90, w: 480, h: 90, width: 0.7, fill: null },
    { kind: 'line', x1: 200, y1: 90, x2: 200, y2: 180, width: 0.7 },
  );
  return page;
}

describe('findSkew', () => {
  it.each([-4, -2, 1, 3.5])('measures a page that lies askew by %s degrees', (degrees) => {
    expect(findSkew(scanned(aForm(), 150, degrees))).toBeCloseTo(-degrees, 0);
  });
  it('leaves a straight page as it is', () => {
    expect(Math.abs(findSkew(scanned(aForm(), 150)))).toBeLessThan(0.2);
  });
});

describe('liesSideways', () => {
  const print = (quarters: number, degrees: number): boolean =>
    liesSideways(removeRules(whiten(turnQuarters(scanned(aForm(), 100, degrees), quarters))).clean);
  it('tells print that runs down the page from print that runs across', () => {
    expect([0, 1, 2, 3].map((quarters) => print(quarters, 0))).toEqual([false, true, false, true]);
  });
  it('tells it of a page askew by 2 degrees too', () => {
    expect([0, 1].map((quarters) => print(quarters, 2))).toEqual([false, true]);
  });
});

describe('preparePage', () => {
  const page = preparePage(scanned(aForm(), 200));
  it('finds empty and filled boxes and takes no 口, 国, 図 or 回 for one', () => {
    const signs = page.marks.toSorted((a, b) => a.blob.x0 - b.blob.x0).map(({ sign }) => sign);
    expect(signs).toEqual(['□', '■', '□']);
  });
  it('takes ruled lines out and leaves the letters', () => {
    const { data, width, dpi } = page.image;
    const inkIn = (x0: number, y0: number, x1: number, y1: number): number => {
      const at = (points: number): number => Math.round((points * dpi) / 72);
      let ink = 0;
      for (let y = at(y0); y < at(y1); y++)
        for (let x = at(x0); x < at(x1); x++) if ((data[y * width + x] as number) < 128) ink++;
      return ink;
    };
    expect(inkIn(48, 89, 532, 92)).toBe(0);
    expect(inkIn(60, 100, 180, 112)).toBeGreaterThan(500);
  });
  it('takes no rest of a line and no dash for a row of print', () => {
    const form = aForm();
    form.marks.push({ kind: 'line', x1: 300, y1: 230, x2: 312, y2: 230, width: 1 });
    const rows = (marks: typeof form): number => preparePage(scanned(marks, 200)).rows.length;
    expect(rows(form)).toBe(rows(aForm()));
  });
  it('sees no ink on a blank page with dust', () => {
    const dusty = blankImage(1000, 1400, 200);
    for (let i = 0; i < 60; i++) dusty.data[i * 23_003] = 40;
    expect(preparePage(dusty).ink).toBeLessThan(50);
  });
});

describe('grayFromRgba', () => {
  it('lifts the ink of a red seal and keeps the black beneath it', () => {
    const { data } = grayFromRgba([210, 40, 50, 255, 60, 10, 10, 255, 20, 30, 160, 255], 3, 1, 200);
    expect(data[0]).toBeGreaterThan(180);
    expect(data[1]).toBeLessThan(80);
    expect(data[2], 'blue ink is writing').toBeLessThan(80);
  });
});

describe('a red seal over print, in the JPEG of a copier', () => {
  const draw = (withSeal: boolean) => {
    const canvas = createCanvas(300, 120);
    const context = canvas.getContext('2d');
    context.fillStyle = '#f8f8f8';
    context.fillRect(0, 0, 300, 120);
    context.fillStyle = '#191919';
    context.fillRect(40, 56, 220, 8);
    if (withSeal) {
      context.strokeStyle = 'rgba(215, 40, 45, 0.85)';
      context.lineWidth = 5;
      context.beginPath();
      context.arc(150, 60, 50, 0, 2 * Math.PI);
      context.stroke();
    }
    return canvas.toBuffer('image/jpeg', 70);
  };
  const inkOf = async (bytes: Buffer) => {
    const pages = await Array.fromAsync(pageImages(bytes));
    const [page] = pages;
    if (!page || !('image' in page)) throw new Error('no picture');
    const { data, width } = whiten({ ...page.image, dpi: 200 });
    const inkAt = (x: number, y: number): boolean => data[y * width + x] === 0;
    const around = Array.from({ length: 360 }, (_, degree) => (degree * Math.PI) / 180)
      .map(
        (angle) => [Math.round(150 + 50 * Math.cos(angle)), Math.round(60 + 50 * Math.sin(angle))] as const,
      )
      .filter(([, y]) => Math.abs(y - 60) > 12);
    return {
      ring: around.filter(([x, y]) => inkAt(x, y)).length,
      print: Array.from({ length: 200 }, (_, i) => i + 50).filter((x) => inkAt(x, 60)).length,
    };
  };
  it('leaves the print and not the ring', async () => {
    expect((await inkOf(draw(false))).print).toBe(200);
    const { ring, print } = await inkOf(draw(true));
    expect(ring).toBeLessThan(10);
    expect(print).toBeGreaterThan(190);
  });
});

describe('turnQuarters', () => {
  it('returns to the same picture after four quarters', () => {
    const image = rotate(scanned(aForm(), 50), 1);
    const same = (other: typeof image): boolean => Buffer.from(other.data).equals(Buffer.from(image.data));
    expect(same(turnQuarters(turnQuarters(image, 1), 3))).toBe(true);
    expect(same(turnQuarters(turnQuarters(image, 2), 2))).toBe(true);
    expect(same(turnQuarters(image, 2))).toBe(false);
  });
});
