import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { kihonChecklist } from '../samples/lib/forms/checklist.ts';
import { hihokenshasho } from '../samples/lib/forms/hihokenshasho.ts';
import { hyokahyo } from '../samples/lib/forms/hyoka.ts';
import { keikaKiroku } from '../samples/lib/forms/keika.ts';
import { keikakusho } from '../samples/lib/forms/keikakusho.ts';
import { kihonJoho } from '../samples/lib/forms/kihon.ts';
import { assessmentSheet, kaigiRecord, monitoringRecord } from '../samples/lib/forms/records.ts';
import { riyohyo } from '../samples/lib/forms/riyohyo.ts';
import { TODOKE_TITLES, todoke } from '../samples/lib/forms/todoke.ts';
import type { Case } from '../samples/lib/model.ts';
import type { Page } from '../samples/lib/page.ts';
import { embeddedPdf } from '../samples/lib/pdf.ts';
import { scanPage } from '../samples/lib/scan.ts';
import { direct } from '../samples/sets/iwaki.ts';
import type { ReadDocument, Reading } from '../shared/documents/document.ts';
import { applyOcr } from '../shared/documents/ocr/apply-ocr.ts';
import { openOcrEngine } from '../shared/documents/ocr/ocr-engine.ts';
import { ocrFile } from '../shared/documents/ocr/ocr-file.ts';
import { type FileText, memoryOcrTexts } from '../shared/documents/ocr/ocr-text.ts';
import { assembleLines, type PageText, type TextRun } from '../shared/documents/pages/page-text.ts';
import { readPdf } from '../shared/documents/pdf/read-pdf.ts';
import { fileFinding } from '../shared/findings/finding.ts';
import type { PacketFile } from '../shared/packet/packet.ts';

/**
 * Scans of ten forms with known answers: titles recognised, fields right and wrong, pages passed over in silence,
 * CPU a page; beside tesseract as Debian packages it (`tesseract -l jpn`), when it is installed.
 *
 *   node bench/reading-scans.ts [persons, 2] [seed, 1]
 *
 * The answers are what the very same pages say when they are read as born-digital PDFs. The same seed gives the same
 * pictures: 200 and 300 dpi, laid askew by 2°, with noise, a red seal over the text, and as a JPEG of a copier.
 * Exit code 1 when a page was passed over in silence.
 */
const PERSONS = Number(process.argv[2] ?? 2);
const SEED = Number(process.argv[3] ?? 1);

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

interface Sample {
  form: string;
  style: string;
  bytes: Buffer;
  /** what the page says when it is read as a born-digital PDF */
  truth: ReadDocument[];
}

async function samples(): Promise<Sample[]> {
  const random = seeded(SEED);
  const made: Sample[] = [];
  for (let person = 0; person < PERSONS; person++) {
    const insured = `00${Array.from({ length: 8 }, () => Math.floor(random() * 10)).join('')}`;
    const c: Case = { ...direct, person: { ...direct.person, insured } };
    for (const [form, draw] of Object.entries(FORMS)) {
      const pages = draw(c);
      const truth = await readPdf(fileOf('答え.pdf', Buffer.from(await embeddedPdf(pages, form))));
      for (const style of STYLES)
        made.push({ form, style: style.name, bytes: photograph(pages[0] as Page, style, random), truth });
    }
  }
  return made;
}

const fileOf = (path: string, bytes: Buffer): PacketFile => ({
  path,
  digest: `${path}${bytes.length}${bytes.subarray(-64).toString('hex')}`,
  size: bytes.length,
  read: async () => bytes,
});

interface Score {
  pages: number;
  titles: number;
  fields: number;
  right: number;
  wrong: number;
  numbers: number;
  numbersRight: number;
  silent: number;
  cpu: number;
}
const nothing = (): Score => ({
  pages: 0,
  titles: 0,
  fields: 0,
  right: 0,
  wrong: 0,
  numbers: 0,
  numbersRight: 0,
  silent: 0,
  cpu: 0,
});

const key = ({ field, value }: Reading): string => `${field} ${JSON.stringify(value).replace(/[\s　]/g, '')}`;
const isNumber = ({ field }: Reading): boolean => /number|date|valid|decided|created|month/.test(field);

/** The fields of the first page of the truth against what was read. */
function count(score: Score, truth: ReadDocument[], read: ReadDocument[], cpu: number): void {
  const wanted = truth.flatMap(({ readings }) => readings).filter(({ where }) => where.page === 1);
  const found = read.flatMap(({ readings }) => readings);
  const foundKeys = new Set(found.map(key));
  const wantedFields = new Set(wanted.map(({ field }) => field));
  const wantedKeys = new Set(wanted.map(key));
  score.pages++;
  score.cpu += cpu;
  if (read.some(({ kind }) => kind !== null && kind === truth[0]?.kind)) score.titles++;
  score.fields += wanted.length;
  score.right += wanted.filter((reading) => foundKeys.has(key(reading))).length;
  score.numbers += wanted.filter(isNumber).length;
  score.numbersRight += wanted.filter((reading) => isNumber(reading) && foundKeys.has(key(reading))).length;
  score.wrong += found.filter((r) => wantedFields.has(r.field) && !wantedKeys.has(key(r))).length;
  // used, nothing read, and no finding: must never happen
  if (
    read.some((d) => d.outcome === 'used' && d.readings.length === 0 && d.findings.length === 0) &&
    wanted.length > 0
  )
    score.silent++;
  if (read.length === 0) score.silent++;
}

const unread = (file: PacketFile): ReadDocument => ({
  file: file.path,
  kind: null,
  title: null,
  read_by: 'none',
  pages: { from: 1, to: 1 },
  rows: 0,
  outcome: 'used',
  digest: file.digest,
  readings: [],
  findings: [fileFinding('F_FILE_IMAGE', 'review', { file: file.path }, '', '')],
});

async function documentsOf(file: PacketFile, text: FileText): Promise<ReadDocument[]> {
  const texts = memoryOcrTexts();
  await texts.put(text);
  return applyOcr([unread(file)], texts);
}

/** Debian's tesseract on the picture as it is, its words put into lines and forms by the same code. */
async function debian(file: PacketFile, bytes: Buffer, folder: string): Promise<[ReadDocument[], number]> {
  const picture = join(folder, 'page');
  writeFileSync(picture, bytes);
  const script = `TIMEFORMAT='%U %S'; time OMP_THREAD_LIMIT=1 tesseract ${picture} stdout -l jpn tsv 2>/dev/null`;
  const run = spawnSync('bash', ['-c', script], { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 });
  const cpu = run.stderr
    .trim()
    .split(/\s+/)
    .slice(-2)
    .reduce((sum, part) => sum + Number(part), 0);
  const rows = run.stdout.split('\n').map((line) => line.split('\t'));
  const page = rows.find(([level]) => level === '1');
  const dpi = Number(page?.[9] ?? 2339) / 11.69;
  const runs: TextRun[] = rows
    .filter((row) => row[0] === '5' && row[11]?.trim())
    .map((row) => {
      const [left = 0, top = 0, width = 0, height = 0] = row
        .slice(6, 10)
        .map((part) => (Number(part) * 72) / dpi);
      return {
        text: (row[11] as string).trim(),
        x: left,
        baseline: top + height * 0.86,
        width,
        size: height,
        angle: 0,
      };
    });
  const size = { width: (Number(page?.[8]) * 72) / dpi, height: (Number(page?.[9]) * 72) / dpi };
  const text: PageText = { page: 1, ...size, lines: assembleLines(runs, size), hasImages: true };
  const scan = { state: 'text' as const, quarters: 0, skew: 0, confidence: 100, my_number: false };
  return [
    await documentsOf(file, {
      edition: 0,
      digest: file.digest,
      pages_total: 1,
      pages: [{ ...text, ...scan }],
    }),
    cpu,
  ];
}

const percent = (part: number, of: number): string =>
  of === 0 ? '–' : `${((100 * part) / of).toFixed(1)} %`;

function print(title: string, scores: Map<string, Score>): void {
  console.log(`\n${title}`);
  console.log(
    '                            titles    fields right   wrong   numbers, dates   silent   CPU s/page',
  );
  for (const [name, s] of scores)
    console.log(
      [
        name.padEnd(26),
        `${s.titles}/${s.pages}`.padStart(8),
        `${s.right}/${s.fields} ${percent(s.right, s.fields)}`.padStart(16),
        String(s.wrong).padStart(7),
        percent(s.numbersRight, s.numbers).padStart(16),
        String(s.silent).padStart(8),
        (s.cpu / s.pages).toFixed(2).padStart(12),
      ].join(' '),
    );
}

const corpus = await samples();
const hasDebian =
  spawnSync('tesseract', ['--list-langs'], { encoding: 'utf8' }).stdout?.includes('jpn') ?? false;
const ours = new Map<string, Score>([
  ...STYLES.map(({ name }) => [name, nothing()] as const),
  ['total', nothing()],
]);
const theirs = new Map<string, Score>([
  ...STYLES.map(({ name }) => [name, nothing()] as const),
  ['total', nothing()],
]);
const byForm = new Map<string, Score>(Object.keys(FORMS).map((name) => [name, nothing()]));
const folder = mkdtempSync(join(tmpdir(), 'reading-scans-'));
const engine = await openOcrEngine();
const verbose = process.env.VERBOSE !== undefined;
for (const { form, style, bytes, truth } of corpus) {
  const file = fileOf(`${form}.png`, bytes);
  const before = process.cpuUsage();
  const text = await ocrFile(file, engine);
  const used = process.cpuUsage(before);
  const read = await documentsOf(file, text);
  for (const score of [ours.get(style), ours.get('total'), byForm.get(form)])
    if (score) count(score, truth, read, (used.user + used.system) / 1e6);
  if (verbose) tellMisses(form, style, truth, read);
  if (!hasDebian) continue;
  const [plain, cpu] = await debian(file, bytes, folder);
  for (const score of [theirs.get(style), theirs.get('total')]) if (score) count(score, truth, plain, cpu);
}
await engine.close();
rmSync(folder, { recursive: true, force: true });

function tellMisses(form: string, style: string, truth: ReadDocument[], read: ReadDocument[]): void {
  const found = new Map(read.flatMap(({ readings }) => readings).map((r) => [key(r), r]));
  for (const r of truth.flatMap(({ readings }) => readings))
    if (r.where.page === 1 && !found.has(key(r))) {
      const other = [...found.values()].find(({ field }) => field === r.field);
      console.log(
        `  ${form} | ${style} | ${r.field}: ${JSON.stringify(r.value)} read ${JSON.stringify(other?.value ?? null)}`,
      );
    }
}

console.log(`${corpus.length} pages, ${PERSONS} persons, seed ${SEED}`);
print('this desk', ours);
print('this desk, by form', byForm);
if (hasDebian) print('tesseract of Debian on the picture as it is', theirs);
else console.log('\ntesseract with jpn is not installed; not compared');
process.exitCode = (ours.get('total') as Score).silent > 0 ? 1 : 0;
