import { createCanvas } from '@napi-rs/canvas';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import { direct } from '../../../samples/sets/iwaki.ts';
import { blankDocument } from '../../../shared/documents/blank-document.ts';
import type { FieldName, ReadDocument } from '../../../shared/documents/document.ts';
import { type GrayImage, rotate, scaleTo } from '../../../shared/documents/ocr/image/gray-image.ts';
import { pageImages } from '../../../shared/documents/ocr/image/page-images.ts';
import { PrintedText } from '../../../shared/documents/ocr/printed-runs.ts';
import { readPdf } from '../../../shared/documents/pdf/read-pdf.ts';
import { chromiumProgram } from '../../../test/browser/chromium-program.ts';
import type { PlacedLetter } from '../../../test/builders/perfect-reader.ts';
import { type Layout, type OtherForm, otherForms, toHtml } from './other-forms.ts';
import { fileOf, type Sample } from './own-samples.ts';

/**
 * Pages of other layouts, printed by Chromium in other faces, then scanned: nothing of them is drawn as the samples are.
 * The faces are those of Debian's fonts-ipafont and fonts-noto-cjk; without them Chromium takes another.
 */
const FACES = ['IPAMincho', 'IPAPGothic', 'Noto Serif CJK JP', 'Noto Sans CJK JP'];
const LAYOUTS: Layout[] = ['rows', 'columns', 'lines'];
const WEAR = [
  { name: '200 dpi, JPEG 55 %', dpi: 200, skew: 0.7, quality: 55, seal: false },
  { name: '150 dpi, JPEG', dpi: 150, skew: -1, quality: 75, seal: false },
  { name: '200 dpi, 3° askew, seal', dpi: 200, skew: 3, quality: 75, seal: true },
];

/** @returns pages with their answers, and what the desk reads from their PDFs */
export async function otherSamples(): Promise<(Sample & { printed: ReadDocument[] })[]> {
  const browser = await playwright.launch({
    executablePath: await chromiumProgram(),
    args: chromium.args.filter((flag) => flag !== '--single-process'),
  });
  try {
    const page = await browser.newPage();
    const samples: (Sample & { printed: ReadDocument[] })[] = [];
    for (const round of [0, 1])
      for (const [i, form] of otherForms(direct, round).entries()) {
        const number = round * 6 + i;
        const layout = LAYOUTS[(i + round) % LAYOUTS.length]!;
        const wear = WEAR[(number + round) % WEAR.length]!;
        await page.setContent(toHtml(form, layout, FACES[number % FACES.length]!));
        const margin = '15mm';
        const pdf = await page.pdf({
          format: 'A4',
          printBackground: true,
          margin: { top: margin, bottom: margin, left: margin, right: margin },
        });
        samples.push({
          form: `${form.title.slice(0, 12)} (${layout})`,
          style: wear.name,
          bytes: await photograph(pdf, wear),
          truth: [answersOf(form)],
          printed: await readPdf(fileOf('答え.pdf', pdf)),
          letters: await lettersOf(pdf),
        });
      }
    return samples;
  } finally {
    await browser.close();
  }
}

const answersOf = ({ kind, title, answers }: OtherForm): ReadDocument => ({
  ...blankDocument(fileOf('答え.pdf', Buffer.alloc(0))),
  kind,
  title,
  readings: Object.entries(answers).map(([field, value]) => ({
    field: field as FieldName,
    value,
    raw: String(value),
    where: { file: '答え.pdf', page: 1 },
  })),
});

async function photograph(pdf: Uint8Array, wear: (typeof WEAR)[number]): Promise<Buffer> {
  for await (const drawn of pageImages(pdf, [1]))
    if ('image' in drawn) return copy(rotate(scaleTo(drawn.image, wear.dpi), wear.skew), wear);
  throw new Error('Chromium printed no page');
}

function copy(
  { width, height, data, dpi }: GrayImage,
  { quality, seal }: { quality: number; seal: boolean },
): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const picture = context.createImageData(width, height);
  for (let i = 0; i < data.length; i++) {
    const gray = Math.round(30 + ((data[i] as number) * 218) / 255);
    picture.data.set([gray, gray, gray, 255], i * 4);
  }
  context.putImageData(picture, 0, 0);
  if (seal) {
    context.globalCompositeOperation = 'multiply';
    context.strokeStyle = '#d8403c';
    context.lineWidth = dpi * 0.02;
    for (const [x, y] of [
      [0.3, 0.16],
      [0.75, 0.24],
    ] as const) {
      context.beginPath();
      context.arc(width * x, height * y, dpi * 0.3, 0, 2 * Math.PI);
      context.stroke();
    }
  }
  return canvas.toBuffer('image/jpeg', quality);
}

/** Letters as the PDF places them; within a run of text, all as wide as each other. */
async function lettersOf(pdf: Uint8Array): Promise<PlacedLetter[]> {
  const printed = new PrintedText(pdf);
  try {
    return (await printed.on(1)).flatMap((run) => {
      const letters = [...run.text];
      const step = run.width / letters.length;
      return letters.map((text, i) => ({
        text,
        x: run.x + i * step,
        right: run.x + (i + 1) * step,
        y: run.baseline - run.size * 0.86,
        bottom: run.baseline + run.size * 0.14,
      }));
    });
  } finally {
    await printed.close();
  }
}
