import { createCanvas, loadImage, type SKRSContext2D } from '@napi-rs/canvas';
import { blankDocument } from '../shared/documents/blank-document.ts';
import type { ReadDocument } from '../shared/documents/document.ts';
import { applyOcr } from '../shared/documents/ocr/apply-ocr.ts';
import { pageImages } from '../shared/documents/ocr/image/page-images.ts';
import { openOcrEngine } from '../shared/documents/ocr/ocr-engine.ts';
import { ocrFile } from '../shared/documents/ocr/ocr-file.ts';
import { memoryOcrTexts } from '../shared/documents/ocr/ocr-text.ts';
import { readPdf } from '../shared/documents/pdf/read-pdf.ts';
import { fileFinding } from '../shared/findings/finding.ts';
import { toPng } from '../test/builders/a-scan.ts';
import { A4, embeddedPdf, type PageLines, packetFile, row } from '../test/builders/pdf.ts';

/**
 * Pages on which ink and text differ, made by program with known answers: marks drawn in nine ways at three options, and
 * text or pictures that a reader of the text layer alone gets wrong. Counts *opposite* (another option than the marked
 * one), *invented* (a value where no one marked or sees one) and *silently unread* (ink neither read nor reported).
 * Then the same options printed, marked by a pen in eight ways, and scanned.
 *
 *   node bench/reading-marks.ts [--no-scans]
 *
 * Exit code 1 unless all three are 0.
 */
type Pdf = Parameters<NonNullable<NonNullable<Parameters<typeof embeddedPdf>[1]>['draw']>>[0];
type Place = { x: number; y: number; width: number };

const OPTIONS = ['プラン継続', 'プラン変更', '終了'];
const FORM: PageLines = [
  { text: '介護予防支援・サービス評価表', size: 14 },
  row('評価日', '令和6年6月2日', '利用者氏名', '見本 花子'),
  row('目標', '評価期間', '目標達成状況'),
  row('今後の方針', '散歩を続ける'),
];

const box = (pdf: Pdf, { x, y }: Place): void => void pdf.rect(x, y, 9, 9).stroke();
const circle = (pdf: Pdf, { x, y }: Place, radius: number) => pdf.circle(x + 4.5, y + 5, radius);
const line = (pdf: Pdf, ...points: [number, number][]): void => {
  for (const [i, [x, y]] of points.entries()) i === 0 ? pdf.moveTo(x, y) : pdf.lineTo(x, y);
  pdf.stroke();
};
const tick = (pdf: Pdf, { x, y }: Place): void => line(pdf, [x + 1, y + 5], [x + 4, y + 8], [x + 9, y]);

/** How an option is drawn, marked or not. */
const WAYS: Record<string, (pdf: Pdf, place: Place, isOn: boolean) => void> = {
  'ticked box': (pdf, place, isOn) => {
    box(pdf, place);
    if (isOn) tick(pdf, place);
  },
  'crossed box': (pdf, place, isOn) => {
    const { x, y } = place;
    box(pdf, place);
    if (isOn) line(pdf, [x, y], [x + 9, y + 9]);
    if (isOn) line(pdf, [x + 9, y], [x, y + 9]);
  },
  'filled box': (pdf, place, isOn) => {
    box(pdf, place);
    if (isOn) pdf.rect(place.x + 1.5, place.y + 1.5, 6, 6).fill('#000000');
  },
  'typed tick in a box': (pdf, place, isOn) => {
    box(pdf, place);
    if (isOn) pdf.fontSize(9).text('レ', place.x, place.y, { lineBreak: false });
  },
  'radio dot': (pdf, place, isOn) => {
    circle(pdf, place, 4.5).stroke();
    if (isOn) circle(pdf, place, 2.5).fill('#000000');
  },
  'filled circle': (pdf, place, isOn) =>
    void (isOn ? circle(pdf, place, 4.5).fill('#000000') : circle(pdf, place, 4.5).stroke()),
  'ring around it': (pdf, { x, y, width }, isOn) => {
    if (isOn) pdf.ellipse(x + 14 + width / 2, y + 5, width / 2 + 6, 9).stroke();
  },
  'ring by pen': (pdf, { x, y, width }, isOn) => {
    if (isOn) line(pdf, ...pen(x + 14 + width / 2, y + 5, width / 2 + 7, 9));
  },
  'others struck out': (pdf, { x, y, width }, isOn) => {
    if (!isOn) line(pdf, [x + 13, y + 5], [x + 15 + width, y + 5]);
  },
};

/** An open, uneven ring. */
const pen = (cx: number, cy: number, rx: number, ry: number): [number, number][] =>
  Array.from({ length: 24 }, (_, i) => {
    const [angle, wobble] = [(i / 24) * 6.1, 1 + 0.06 * Math.sin(i * 1.7)];
    return [cx + rx * wobble * Math.cos(angle), cy + ry * wobble * Math.sin(angle)];
  });

const read = async (lines: PageLines, draw: (pdf: Pdf) => void): Promise<ReadDocument[]> =>
  readPdf(packetFile('頁.pdf', await embeddedPdf([lines], { draw })));

/** @param marked the marked options */
const readChoice = (way: keyof typeof WAYS, marked: number[], isDown: boolean): Promise<ReadDocument[]> =>
  read(FORM, (pdf) => {
    for (const [i, word] of OPTIONS.entries()) {
      const place = {
        x: isDown ? 60 : 60 + i * 120,
        y: isDown ? 180 + i * 26 : 200,
        width: 10 * word.length,
      };
      pdf.font('gothic').fontSize(10).fillColor('#000000');
      pdf.text(word, place.x + 14, place.y, { lineBreak: false });
      WAYS[way]?.(pdf, place, marked.includes(i));
    }
  });

const valuesOf = (documents: ReadDocument[], wanted: string): unknown[] =>
  documents.flatMap(({ readings }) =>
    readings.filter(({ field }) => field === wanted).map(({ value }) => value),
  );
const isReported = (documents: ReadDocument[]): boolean =>
  documents.some(({ findings }) => findings.some(({ severity }) => severity !== 'info'));

const totals = { pages: 0, right: 0, asked: 0, opposite: 0, invented: 0, silent: 0 };
type Outcome = Exclude<keyof typeof totals, 'pages'>;
const rows = new Map<string, Partial<Record<Outcome, number>>>();
function count(name: string, outcome: Outcome): void {
  totals.pages++;
  totals[outcome]++;
  const own = rows.get(name) ?? {};
  rows.set(name, { ...own, [outcome]: (own[outcome] ?? 0) + 1 });
}

for (const way of Object.keys(WAYS))
  for (const isDown of [false, true])
    for (const marked of [[0], [1], [2], []]) {
      // nothing struck out is nothing chosen; all struck out chooses nothing either
      const documents = await readChoice(way, marked, isDown);
      const [value] = valuesOf(documents, 'hyoka_result');
      const wanted = marked[0] === undefined ? undefined : OPTIONS[marked[0]];
      if (value === wanted && value !== undefined) count(way, 'right');
      else if (value !== undefined) count(way, wanted === undefined ? 'invented' : 'opposite');
      else count(way, isReported(documents) ? 'asked' : 'silent');
    }

/** A card whose number only this ink gives. */
const CARD: PageLines = [
  { text: '介護保険被保険者証', size: 14 },
  row('氏名', '見本 花子'),
  row('生年月日', '昭和15年3月1日'),
];
const NUMBER = '0000000101';
const say = (pdf: Pdf): void =>
  void pdf.font('gothic').text(`番号　${NUMBER}`, 40, 300, { lineBreak: false });
const HIDDEN: Record<string, (pdf: Pdf) => void> = {
  white: (pdf) => say(pdf.fontSize(10).fillColor('#ffffff')),
  transparent: (pdf) => say(pdf.fontSize(10).fillOpacity(0)),
  tiny: (pdf) => say(pdf.fontSize(1)),
  'off the page': (pdf) => say(pdf.translate(0, 2000).fontSize(10)),
  'clipped away': (pdf) => say(pdf.rect(0, 0, 20, 20).clip().fontSize(10)),
  'under a white box': (pdf) => {
    say(pdf.fontSize(10).fillColor('#000000'));
    pdf.rect(30, 290, 300, 40).fill('#ffffff');
  },
};
for (const [name, draw] of Object.entries(HIDDEN)) {
  const documents = await read(CARD, draw);
  count(`${name} text`, valuesOf(documents, 'insured_number').length > 0 ? 'invented' : 'right');
}

const canvas = createCanvas(600, 800);
const context = canvas.getContext('2d');
context.fillStyle = '#808080';
context.fillRect(0, 0, 600, 800);
const PICTURE = canvas.toBuffer('image/png');
const place = (pdf: Pdf, x: number, y: number, width: number, height: number): void =>
  void pdf.image(PICTURE, x, y, { width, height });
const PICTURES: Record<string, [PageLines, (pdf: Pdf) => void]> = {
  'scan with a page number': [
    [],
    (pdf) => {
      place(pdf, 0, 0, A4.width, A4.height);
      pdf.font('gothic').fontSize(8).text('5 / 5', 290, 820, { lineBreak: false });
    },
  ],
  'card pasted under a caption': [[{ text: '添付資料', size: 14 }], (pdf) => place(pdf, 60, 120, 480, 214)],
  'card in a form': [CARD, (pdf) => place(pdf, 60, 300, 260, 165)],
  'scan in strips': [
    [],
    (pdf) => {
      for (let i = 0; i < 40; i++) place(pdf, 0, i * 21, A4.width, 21);
    },
  ],
};
for (const [name, [lines, draw]] of Object.entries(PICTURES))
  count(name, isReported(await read(lines, draw)) ? 'right' : 'silent');

/** What a pen draws on paper, in points: a box or nothing is printed before each option. */
type Pen = (paper: SKRSContext2D, place: Place, isOn: boolean) => void;
const stroke = (paper: SKRSContext2D, points: [number, number][], width = 1.3): void => {
  paper.lineWidth = width;
  paper.beginPath();
  for (const [i, [x, y]] of points.entries()) i === 0 ? paper.moveTo(x, y) : paper.lineTo(x, y);
  paper.stroke();
};
const printedBox: Pen = (paper, { x, y }) => {
  paper.lineWidth = 0.8;
  paper.strokeRect(x, y, 9, 9);
};
const onWord: Record<string, Pen> = {
  'ring by pen': (paper, { x, y, width }, isOn) => {
    if (isOn) stroke(paper, pen(x + 14 + width / 2, y + 5, width / 2 + 7, 9));
  },
  'tight ring by pen': (paper, { x, y, width }, isOn) => {
    if (isOn) stroke(paper, pen(x + 14 + width / 2, y + 5, width / 2 + 3, 7.5));
  },
  'others struck out by pen': (paper, { x, y, width }, isOn) => {
    if (!isOn)
      stroke(paper, [
        [x + 12, y + 4.5],
        [x + 16 + width, y + 6],
      ]);
  },
  'others struck out twice by pen': (paper, { x, y, width }, isOn) => {
    if (isOn) return;
    stroke(
      paper,
      [
        [x + 12, y + 4],
        [x + 16 + width, y + 4],
      ],
      0.9,
    );
    stroke(
      paper,
      [
        [x + 12, y + 6.5],
        [x + 16 + width, y + 6.5],
      ],
      0.9,
    );
  },
};
const inBox: Record<string, Pen> = {
  'tick by pen in a box': (paper, place, isOn) => {
    printedBox(paper, place, isOn);
    if (isOn)
      stroke(paper, [
        [place.x + 1.5, place.y + 4.5],
        [place.x + 4, place.y + 7.5],
        [place.x + 8, place.y + 1.5],
      ]);
  },
  'tick by pen over a box': (paper, place, isOn) => {
    printedBox(paper, place, isOn);
    if (isOn)
      stroke(paper, [
        [place.x + 1, place.y + 4],
        [place.x + 4, place.y + 8],
        [place.x + 12, place.y - 4],
      ]);
  },
  'cross by pen in a box': (paper, { x, y, width }, isOn) => {
    printedBox(paper, { x, y, width }, isOn);
    if (isOn)
      stroke(paper, [
        [x + 1, y + 1],
        [x + 8, y + 8],
      ]);
    if (isOn)
      stroke(paper, [
        [x + 8, y + 1],
        [x + 1, y + 8],
      ]);
  },
  'box filled by pen': (paper, { x, y, width }, isOn) => {
    printedBox(paper, { x, y, width }, isOn);
    for (let i = 1; isOn && i < 9; i++)
      stroke(
        paper,
        [
          [x + 1, y + i],
          [x + 8, y + i + 0.4],
        ],
        1.4,
      );
  },
};

const SCAN_DPI = 200;
/** The form as printed, its options at the places of `readChoice`. */
async function printedForm(): Promise<Buffer> {
  const bytes = await embeddedPdf([FORM], {
    draw: (pdf) => {
      for (const [i, word] of OPTIONS.entries())
        pdf
          .font('gothic')
          .fontSize(10)
          .text(word, 60 + i * 120 + 14, 200, { lineBreak: false });
    },
  });
  for await (const page of pageImages(bytes)) if ('image' in page) return toPng(page.image);
  throw new Error('the form cannot be drawn');
}

async function scanOf(form: Buffer, draw: Pen, marked: number[]): Promise<Buffer> {
  const picture = await loadImage(form);
  const [width, height] = [A4.width, A4.height].map((points) => Math.round((points * SCAN_DPI) / 72)) as [
    number,
    number,
  ];
  const sheet = createCanvas(width, height);
  const paper = sheet.getContext('2d');
  paper.drawImage(picture, 0, 0, width, height);
  paper.scale(SCAN_DPI / 72, SCAN_DPI / 72);
  paper.strokeStyle = '#1a1a30';
  for (const [i, word] of OPTIONS.entries())
    draw(paper, { x: 60 + i * 120, y: 200, width: 10 * word.length }, marked.includes(i));
  return sheet.toBuffer('image/jpeg', 80);
}

if (!process.argv.includes('--no-scans')) {
  const form = await printedForm();
  const engine = await openOcrEngine();
  for (const [way, draw] of Object.entries({ ...onWord, ...inBox }))
    for (const marked of [[0], [1], [2], []]) {
      const file = packetFile('写し.jpg', await scanOf(form, draw, marked));
      const texts = memoryOcrTexts();
      await texts.put(await ocrFile(file, engine));
      const unread = blankDocument(file, {
        pages: { from: 1, to: 1 },
        findings: [fileFinding('F_FILE_IMAGE', 'review', { file: file.path }, '', '')],
      });
      const documents = await applyOcr([unread], texts);
      const [value] = valuesOf(documents, 'hyoka_result');
      const wanted = marked[0] === undefined ? undefined : OPTIONS[marked[0]];
      const name = `scan: ${way}`;
      if (value === wanted && value !== undefined) count(name, 'right');
      else if (value !== undefined) count(name, wanted === undefined ? 'invented' : 'opposite');
      else count(name, isReported(documents) ? 'asked' : 'silent');
    }
  await engine.close();
}

for (const [name, own] of rows)
  console.log(
    `${name.padEnd(36)} ${Object.entries(own)
      .map(([outcome, n]) => `${outcome} ${n}`)
      .join(', ')}`,
  );
const { pages, right, asked, opposite, invented, silent } = totals;
console.log(
  `\n${pages} pages: ${right} right, ${asked} asked, opposite ${opposite}, invented ${invented}, silently unread ${silent}   goal: 0, 0, 0`,
);
process.exitCode = opposite + invented + silent > 0 ? 1 : 0;
