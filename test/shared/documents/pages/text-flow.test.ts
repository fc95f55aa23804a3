import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { pageContent } from '../../../../shared/documents/pages/page-content.ts';
import { pageDrawing } from '../../../../shared/documents/pages/page-drawing.ts';
import { SLANTED, type TextRun } from '../../../../shared/documents/pages/page-text.ts';
import { openPdf } from '../../../../shared/documents/pages/pdf-engine.ts';
import { namedFont, rawPdf } from '../../../builders/pdf.ts';

const hex = (text: string): string => `<${iconv.encode(text, 'cp932').toString('hex')}>`;
const text = (x: number, y: number, shown: string, size = 10, turn = '1 0 0 1'): string =>
  `BT /F1 ${size} Tf ${turn} ${x} ${y} Tm ${hex(shown)} Tj ET`;
/** Letters one by one, each at its own place. */
const spread = (letters: string, place: (i: number) => [x: number, y: number], turn?: string): string =>
  [...letters].map((letter, i) => text(...place(i), letter, 10, turn)).join('\n');

const form = (content: string, entries = ''): string =>
  `<< /Type /XObject /Subtype /Form /BBox [0 0 600 850] ${entries} /Resources << /Font << /F1 5 0 R >> >> /Length ${content.length} >>\nstream\n${content}\nendstream`;

interface Page {
  content: string;
  encoding?: '90ms-RKSJ-H' | '90ms-RKSJ-V';
  rotate?: number;
  /** entries of the page's dictionary */
  page?: string;
  /** entries of the font that holds the widths */
  widths?: string;
}

const pdfOf = ({ content, encoding = '90ms-RKSJ-H', rotate = 0, page = '', widths = '' }: Page): Uint8Array =>
  rawPdf([content], {
    font: namedFont(encoding, widths),
    rotate,
    page,
    objects: {
      20: form(text(40, 500, '型の中')),
      21: form(text(40, 200, '行列の型'), '/Matrix [2 0 0 2 10 -100]'),
    },
    resources: '/XObject << /Fm0 20 0 R /Fm1 21 0 R >>',
  });

const open: { destroy(): Promise<void> }[] = [];
afterAll(async () => {
  for (const pdf of open) await pdf.destroy();
});

async function firstPage(page: Page) {
  const pdf = await openPdf(pdfOf(page));
  open.push(pdf);
  return pdf.getPage(1);
}

async function runsOf(page: Page): Promise<TextRun[]> {
  const drawing = await pageDrawing(await firstPage(page), 1000, () => true);
  return drawing?.runs ?? [];
}

interface EngineItem {
  str: string;
  transform: number[];
  width: number;
}

const round = (value: number): number => Math.round(value * 100) / 100 || 0;

/** What pdfjs' own text layer has, with its place on the page as seen. */
async function engineText(page: Page) {
  const loaded = await firstPage(page);
  const viewport = loaded.getViewport({ scale: 1 });
  const { items } = await loaded.getTextContent({ disableNormalization: true });
  return (items as EngineItem[])
    .filter(({ str }) => str.trim() !== '')
    .map(({ str, transform, width }) => {
      const [x, y] = viewport.convertToViewportPoint(transform[4] as number, transform[5] as number);
      const own = str.trim();
      return [own, round(x), round(y), round((width * own.length) / str.length)];
    });
}

const CONTENTS: Record<string, string> = {
  'blanks within a text': text(40, 800, '介護予防 支援　計画'),
  'letters side by side': spread('被保険者番号', (i) => [40 + i * 10, 700]),
  'letters spread by less than a blank': spread('令和六年', (i) => [40 + i * 11, 700]),
  'letters spread by a blank': spread('令和六年', (i) => [40 + i * 14, 700]),
  'letters of cells of their own': spread('令和六年', (i) => [40 + i * 26, 700]),
  'letters drawn backwards': spread('戻る字', (i) => [240 - i * 14, 700]),
  'letters that climb': spread('上がる', (i) => [40 + i * 10, 700 + i * 3]),
  'lines of one text object': `BT /F1 10 Tf 40 700 Td ${hex('氏名')} Tj 30 0 Td ${hex('見本')} Tj 22 0 Td ${hex('花子')} Tj 14 TL T* ${hex('住所')} Tj ${hex('続き')} ' 2 1 ${hex('間隔 あり')} " ET`,
  'steps within a text': `BT /F1 10 Tf 40 700 Td [${hex('氏')} -50 ${hex('名')} -120 ${hex('見')} -300 ${hex('本')} -700 ${hex('花')} 300 ${hex('子')} -2000 ${hex('終')}] TJ 0 -20 Td [-500 ${hex('先')} -100 -100 ${hex('頭')} 0 ${hex('零')}] TJ ET`,
  'spacing of letters and words': `BT /F1 10 Tf 3 Tc 40 700 Td ${hex('字間あり')} Tj 0 Tc 5 Tw 0 -20 Td ${hex('A B 漢 字')} Tj ET`,
  'condensed and raised letters': `BT /F1 10 Tf 50 Tz 40 700 Td ${hex('長体の字')} Tj [${hex('長')} -300 ${hex('体')}] TJ 100 Tz 5 Ts ${hex('上付')} Tj 0 Ts ${hex('戻り')} Tj ET`,
  'sizes that change, and come back': `BT /F1 10 Tf 40 700 Td ${hex('小')} Tj /F1 16 Tf ${hex('大')} Tj /F1 10 Tf ${hex('小')} Tj ET q BT /F1 20 Tf 40 650 Td ${hex('保存')} Tj ET Q BT 40 600 Td ${hex('復元')} Tj ET`,
  'a page drawn in another scale': `q 0.5 0 0 0.5 20 20 cm ${text(100, 1000, '縮小した字')} ${spread('離れた', (i) => [100 + i * 14, 900])} Q`,
  'a page drawn upside down': `q 1 0 0 -1 0 842 cm BT /F1 10 Tf 1 0 0 -1 40 300 Tm ${hex('上下反転')} Tj ET Q`,
  'text turned by quarters': `${text(300, 400, '九十度', 10, '0 1 -1 0')} ${text(320, 400, '二百七十', 10, '0 -1 1 0')} ${text(340, 400, '百八十', 10, '-1 0 0 -1')}`,
  'slanted letters one by one': spread(
    '斜め一字',
    (i) => [200 + i * 8.66, 200 + i * 5],
    '0.866 0.5 -0.5 0.866',
  ),
  'italic letters one by one': spread('斜体一字', (i) => [200 + i * 13, 150], '1 0 0.3 1'),
  'a negative size': `BT /F1 -10 Tf -1 0 0 -1 40 700 Tm ${hex('負の大きさ')} Tj ET`,
  'marked content': `/P << /MCID 0 >> BDC BT /F1 10 Tf 40 660 Td ${hex('前')} Tj EMC /X BMC ${hex('中')} Tj EMC ${hex('後')} Tj ET`,
  'invisible, white and clipped text': `BT 3 Tr /F1 10 Tf 40 700 Td ${hex('見えない')} Tj 0 Tr ET 1 g ${text(40, 600, '白い字')} q 0 0 9 9 re W n ${text(40, 450, '切られた')} Q`,
  'text on the edge of the page and beyond': `${text(-100, 400, '外の字')} ${text(-15, 380, '半分外の字')} ${text(590, 360, '右端')} ${text(100, 843, '上外')}`,
  forms: `${text(40, 700, '前の字')} /Fm0 Do ${text(70, 700, '後の字')} q 1 0 0 1 0 -100 cm /Fm0 Do Q /Fm1 Do Q Q ${text(40, 100, '終')}`,
};

describe('joins letters as the text layer of pdfjs does', () => {
  const ways: [string, Omit<Page, 'content'>][] = [
    ['upright', {}],
    ['on a page turned by 90 degrees', { rotate: 90 }],
    ['on a page turned by 180 degrees', { rotate: 180 }],
    ['on a page cut to a part', { page: '/CropBox [30 90 590 860]' }],
  ];
  for (const [name, content] of Object.entries(CONTENTS))
    it.each(ways)(`${name}, %s`, async (_way, way) => {
      const expected = await engineText({ content, ...way });
      const runs = await runsOf({ content, ...way });
      expect(expected).not.toEqual([]);
      expect(runs.map((run) => [run.text, round(run.x), round(run.baseline), round(run.width)])).toEqual(
        expected,
      );
    });
});

it('places a text that begins with a step where it is drawn, whatever the spacing of letters', async () => {
  const content = `BT /F1 10 Tf 3 Tc 40 700 Td [200 ${hex('字')}] TJ ET`;
  expect(await runsOf({ content })).toMatchObject([{ text: '字', x: 38 }]);
});

it('measures letters in the units of the page', async () => {
  const runs = await runsOf({ content: text(40, 700, '倍の字'), page: '/UserUnit 2' });
  expect(runs).toMatchObject([{ x: 80, width: 60, size: 20 }]);
});

describe('letters that run from top to bottom', () => {
  const vertical = { encoding: '90ms-RKSJ-V', content: text(300, 700, '縦の字') } as const;

  it('are one run that reaches down', async () => {
    expect(await runsOf(vertical)).toMatchObject([{ text: '縦の字', x: 300, width: 10, down: 30, angle: 0 }]);
  });

  it('are one run on a turned page as well', async () => {
    expect(await runsOf({ ...vertical, rotate: 90 })).toMatchObject([{ text: '縦の字', down: 30, angle: 1 }]);
  });

  // with the metrics of the font, and with those of each letter
  it.each(['/DW2 [880 -1000]', '/W2 [1 9000 -1000 500 880]'])(
    'are not seen where they are invisible (%s)',
    async (widths) => {
      const content = `3 Tr ${vertical.content} 0 Tr ${text(200, 700, '見える字')}`;
      const page = await firstPage({ ...vertical, content, widths });
      const read = await pageContent(page, 1000, () => true);
      expect(read?.runs.map((run) => run.text)).toEqual(['見える字']);
    },
  );

  it('are as high as the font states', async () => {
    const widths = '/DW2 [900 -1100] /W2 [1 9000 -800 500 880]';
    expect(await runsOf({ ...vertical, widths })).toMatchObject([{ down: 24 }]);
  });
});

it('reads a slanted text as one that leans', async () => {
  const runs = await runsOf({ content: text(200, 300, '斜めの字', 10, '0.866 0.5 -0.5 0.866') });
  expect(runs).toMatchObject([{ angle: SLANTED }]);
});

it('reads no text of a mask', async () => {
  const content = `/Masked gs ${text(40, 700, '本文')}`;
  const pdf = await openPdf(
    rawPdf([content], {
      font: namedFont('90ms-RKSJ-H'),
      objects: { 20: form(text(40, 500, '型の中'), '/Group << /S /Transparency >>') },
      resources: '/ExtGState << /Masked << /SMask << /S /Luminosity /G 20 0 R >> >> >>',
    }),
  );
  open.push(pdf);
  const drawing = await pageDrawing(await pdf.getPage(1), 1000, () => true);
  expect(drawing?.runs.map((run) => run.text)).toEqual(['本文']);
});

it('stops at a page with more letters than the limit', async () => {
  expect(await pageDrawing(await firstPage({ content: text(40, 700, '三文字') }), 2, () => true)).toBeNull();
});
