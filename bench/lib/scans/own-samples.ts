import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { kihonChecklist } from '../../../samples/lib/forms/checklist.ts';
import { hihokenshasho } from '../../../samples/lib/forms/hihokenshasho.ts';
import { hyokahyo } from '../../../samples/lib/forms/hyoka.ts';
import { keikaKiroku } from '../../../samples/lib/forms/keika.ts';
import { keikakusho } from '../../../samples/lib/forms/keikakusho.ts';
import { kihonJoho } from '../../../samples/lib/forms/kihon.ts';
import { assessmentSheet, kaigiRecord, monitoringRecord } from '../../../samples/lib/forms/records.ts';
import { riyohyo } from '../../../samples/lib/forms/riyohyo.ts';
import { TODOKE_TITLES, todoke } from '../../../samples/lib/forms/todoke.ts';
import type { Case } from '../../../samples/lib/model.ts';
import type { Page } from '../../../samples/lib/page.ts';
import { embeddedPdf } from '../../../samples/lib/pdf.ts';
import { scanPage } from '../../../samples/lib/scan.ts';
import { direct } from '../../../samples/sets/iwaki.ts';
import type { ReadDocument } from '../../../shared/documents/document.ts';
import { readPdf } from '../../../shared/documents/pdf/read-pdf.ts';
import type { PacketFile } from '../../../shared/packet/packet.ts';
import { lettersOf, type PlacedLetter } from '../../../test/builders/perfect-reader.ts';

/** A linear congruential generator, so that a figure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed * 7919;
  return () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

const FORMS: Record<string, (c: Case) => Page[]> = {
  利用者基本情報: kihonJoho,
  基本チェックリスト: kihonChecklist,
  支援計画書: (c) => keikakusho(c),
  経過記録: (c) =>
    keikaKiroku(c, '介護予防支援経過記録', [
      { date: '2024-06-14', text: '＜モニタリング＞　自宅を訪問し、本人と面接。変わりなく過ごしている。' },
      { date: '2024-06-20', text: '＜サービス担当者会議＞　事業所で開催し、計画の継続を確かめた。' },
    ]),
  評価表: (c) =>
    hyokahyo(c, {
      title: '介護予防支援・サービス評価表',
      date: '2024-06-25',
      result: 'プラン継続',
      achieved: true,
    }),
  利用票: (c) => riyohyo(c, { stamped: true }),
  届出書: (c) =>
    todoke(c, {
      title: TODOKE_TITLES.iwaki[0],
      to: 'いわき市長',
      kind: '新規',
      date: '2024-05-31',
      from: '2024-06-01',
      reason: '',
      attachments: ['介護保険被保険者証'],
      signed: c.person.name,
      responsible: c.office ?? c.center,
    }),
  被保険者証: hihokenshasho,
  アセスメント: (c) => assessmentSheet(c, { title: 'アセスメントシート', date: '2024-06-10' }),
  担当者会議: (c) => kaigiRecord(c, { date: '2024-06-20' }),
  モニタリング: (c) =>
    monitoringRecord(c, [{ date: '2024-06-14', way: '訪問', text: '変わりなく過ごしている。' }]),
};

type Style = { name: string; dpi: number; skew: number; noise: number; seal: boolean; jpeg: boolean };
const STYLES: Style[] = [
  { name: '300 dpi', dpi: 300, skew: 0, noise: 0, seal: false, jpeg: false },
  { name: '200 dpi', dpi: 200, skew: 0, noise: 0, seal: false, jpeg: false },
  { name: '200 dpi, 2° askew', dpi: 200, skew: 2, noise: 0, seal: false, jpeg: false },
  { name: '200 dpi, noise', dpi: 200, skew: 0, noise: 0.004, seal: false, jpeg: false },
  { name: '200 dpi, seal over text', dpi: 200, skew: 0, noise: 0, seal: true, jpeg: false },
  { name: '200 dpi, all of it, JPEG', dpi: 200, skew: 2, noise: 0.002, seal: true, jpeg: true },
];

/** A page as a copying machine would send it. */
function photograph(page: Page, style: Style, random: () => number): Buffer {
  const { width, height, bits } = scanPage(page, style.dpi);
  const flat = createCanvas(width, height);
  const picture = flat.getContext('2d').createImageData(width, height);
  const stride = Math.ceil(width / 8);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const white = ((bits[y * stride + (x >> 3)] as number) >> (7 - (x & 7))) & 1;
    const gray = white ? 248 : 25;
    picture.data.set([gray, gray, gray, 255], i * 4);
  }
  flat.getContext('2d').putImageData(picture, 0, 0);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#f8f8f8';
  context.fillRect(0, 0, width, height);
  context.translate(width / 2, height / 2);
  context.rotate((style.skew * Math.PI) / 180);
  context.drawImage(flat, -width / 2, -height / 2);
  if (style.seal) stamp(context, { width, height, dpi: style.dpi });
  if (style.noise > 0) addNoise(canvas, style.noise, random);
  return style.jpeg ? canvas.toBuffer('image/jpeg', 70) : canvas.toBuffer('image/png');
}

/** Three red seals of an office, where they hurt: over the head of the form. */
function stamp(context: SKRSContext2D, page: { width: number; height: number; dpi: number }): void {
  const radius = page.dpi * 0.35;
  context.lineWidth = page.dpi * 0.02;
  context.strokeStyle = 'rgba(215, 40, 45, 0.85)';
  context.fillStyle = 'rgba(215, 40, 45, 0.85)';
  for (const [x, y] of [
    [-0.25, -0.42],
    [0.1, -0.38],
    [0.3, -0.3],
  ] as const) {
    const [cx, cy] = [page.width * x, page.height * y];
    context.beginPath();
    context.arc(cx, cy, radius, 0, 2 * Math.PI);
    context.stroke();
    for (let line = -1; line <= 1; line++)
      context.fillRect(cx - radius * 0.7, cy + line * radius * 0.45, radius * 1.4, page.dpi * 0.02);
  }
}

function addNoise(canvas: Canvas, part: number, random: () => number): void {
  const context = canvas.getContext('2d');
  const picture = context.getImageData(0, 0, canvas.width, canvas.height);
  const pixels = canvas.width * canvas.height;
  for (let n = 0; n < pixels * part; n++) {
    const at = Math.floor(random() * pixels) * 4;
    const gray = random() < 0.7 ? 30 : 250;
    picture.data.set([gray, gray, gray], at);
  }
  context.putImageData(picture, 0, 0);
}

/** A scanned page with known answers. */
export interface Sample {
  form: string;
  style: string;
  bytes: Buffer;
  /** what the page says when it is read as a born-digital PDF */
  truth: ReadDocument[];
  letters: PlacedLetter[];
}

/** Every form of some persons in every style. The same seed gives the same pictures. */
export async function ownSamples(persons: number, seed: number): Promise<Sample[]> {
  const random = seeded(seed);
  const made: Sample[] = [];
  for (let person = 0; person < persons; person++) {
    const insured = `00${Array.from({ length: 8 }, () => Math.floor(random() * 10)).join('')}`;
    const c: Case = { ...direct, person: { ...direct.person, insured } };
    for (const [form, draw] of Object.entries(FORMS)) {
      const pages = draw(c);
      const truth = await readPdf(fileOf('答え.pdf', Buffer.from(await embeddedPdf(pages, form))));
      for (const style of STYLES)
        made.push({
          form,
          style: style.name,
          bytes: photograph(pages[0] as Page, style, random),
          truth,
          letters: lettersOf(pages[0] as Page),
        });
    }
  }
  return made;
}

export const fileOf = (path: string, bytes: Buffer): PacketFile => ({
  path,
  digest: `${path}${bytes.length}${bytes.subarray(-64).toString('hex')}`,
  size: bytes.length,
  read: async () => bytes,
});
