import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFParse } from 'pdf-parse';
import { shownLayers } from '../shared/documents/pages/layers.ts';
import { pageContent } from '../shared/documents/pages/page-content.ts';
import { assembleLines } from '../shared/documents/pages/page-text.ts';
import { engineFiles, openPdf } from '../shared/documents/pages/pdf-engine.ts';
import { readPdf } from '../shared/documents/pdf/read-pdf.ts';
import { embeddedPdf, type PageLines, packetFile, plainPdf, row } from '../test/builders/pdf.ts';

/**
 * Text of Japanese PDFs: lines found and CPU, beside `pdftotext -layout` (when it is installed) and bare pdf-parse.
 * Losses before speed: a reader that finds fewer lines has not won.
 *
 *   node bench/reading-pdf.ts [pages per file, 200, at most 300] [rounds, 5]
 *
 * The same seed gives the same files. CPU is user + system of the best warm round; the first round is shown separately.
 */
const PAGES = Number(process.argv[2] ?? 200);
const ROUNDS = Number(process.argv[3] ?? 5);
const LINES = 40;
const GOAL = 2.5;
const FORMS_GOAL = 2;

const LETTERS =
  '介護予防支援計画書利用者基本情報認定有効期間令和年月日被保険者番号氏名住所生活機能評価地域包括センター担当居宅事業所変更届出契約同意のはをにがとですますあいうえおカナ';

/** A linear congruential generator, so that a figure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

/** Pages of running text; every line begins with its own number, so that each can be looked for. */
function textPages(): PageLines[] {
  const random = seeded(7);
  const letters = [...LETTERS];
  return Array.from({ length: PAGES }, (_, page) =>
    Array.from({ length: LINES }, (_, line) => ({
      text: `行${page + 1}の${line + 1}、${Array.from({ length: 25 }, () => letters[Math.floor(random() * letters.length)]).join('')}`,
      x: 40,
      y: 40 + line * 18,
      size: 10,
    })),
  );
}

/** Pages of forms in tables, two columns of labels and values. */
function formPages(): PageLines[] {
  return Array.from({ length: PAGES }, (_, page) => [
    { text: '利用者基本情報', size: 16 },
    row('本人氏名', '見本 花子', '性別', '■女　□男'),
    row('被保険者番号', String(101 + page).padStart(10, '0'), '保険者番号', '431007'),
    row('生年月日', '昭和15年3月1日', '相談日', '令和6年6月20日'),
    ...Array.from({ length: 30 }, (_, line) =>
      row(`項目${line + 1}`, `値${page + 1}の${line + 1}`, '備考', 'とくになし'),
    ),
  ]);
}

interface Sample {
  name: string;
  file: string;
  bytes: Uint8Array;
  /** texts that must be found, blanks not counted */
  wanted: string[];
}

async function samples(folder: string): Promise<Sample[]> {
  const running = textPages();
  const tables = formPages();
  const wantedOf = (pages: PageLines[]): string[] =>
    pages.flatMap((lines) =>
      lines.flatMap((line) => (typeof line === 'string' ? [line] : [line].flat().map(({ text }) => text))),
    );
  const files: [string, Uint8Array, PageLines[]][] = [
    ['font inside', await embeddedPdf(running), running],
    ['90ms-RKSJ-H, not inside', plainPdf(running, { encoding: '90ms-RKSJ-H' }), running],
    ['UniJIS-UTF16-H, not inside', plainPdf(running, { encoding: 'UniJIS-UTF16-H' }), running],
    ['forms, font inside', await embeddedPdf(tables), tables],
  ];
  return files.map(([name, bytes, pages], i) => {
    const file = join(folder, `${i}.pdf`);
    writeFileSync(file, bytes);
    return { name, file, bytes, wanted: wantedOf(pages) };
  });
}

/** The text as the desk reads it: lines with places, nothing hidden, marks among them, before any form is looked for. */
async function deskText(bytes: Uint8Array): Promise<string> {
  const pdf = await openPdf(new Uint8Array(bytes));
  const isShown = await shownLayers(pdf);
  const lines: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const read = await pageContent(page, Number.POSITIVE_INFINITY, isShown);
    if (read) for (const line of assembleLines(read.runs, read)) lines.push(line.text);
    page.cleanup();
  }
  await pdf.destroy();
  return lines.join('\n');
}

async function bareText(bytes: Uint8Array): Promise<string> {
  const { cMapUrl, standardFontDataUrl } = engineFiles();
  const parser = new PDFParse({
    data: new Uint8Array(bytes),
    cMapUrl,
    cMapPacked: true,
    standardFontDataUrl,
  });
  const { text } = await parser.getText();
  await parser.destroy();
  return text;
}

interface Reader {
  name: string;
  /** the text, and the seconds of CPU it took; null when the program is not there */
  read(sample: Sample): Promise<{ text: string; seconds: number } | null>;
}

const here = (name: string, read: (bytes: Uint8Array) => Promise<string>): Reader => ({
  name,
  async read({ bytes }) {
    const before = process.cpuUsage();
    const text = await read(bytes);
    const { user, system } = process.cpuUsage(before);
    return { text, seconds: (user + system) / 1e6 };
  },
});

/** CPU of a child process as its shell counts it. */
const PDFTOTEXT: Reader = {
  name: 'pdftotext -layout',
  async read({ file }) {
    const script = 'pdftotext -layout "$1" "$1.txt" || exit 3; times';
    const run = spawnSync('bash', ['-c', script, 'bash', file], { encoding: 'utf8' });
    if (run.status !== 0) return null;
    const children = run.stdout.trim().split('\n').at(-1) ?? '';
    const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, m, s]) => sum + Number(m) * 60 + Number(s),
      0,
    );
    return { text: readFileSync(`${file}.txt`, 'utf8'), seconds };
  },
};

const READERS: Reader[] = [
  PDFTOTEXT,
  here('the desk, text', deskText),
  here('the desk, with forms', async (bytes) => JSON.stringify(await readPdf(packetFile('a.pdf', bytes)))),
  here('pdf-parse getText', bareText),
];

interface Measured {
  first: number;
  /** the best warm round: other work on the machine can only make a round slower */
  best: number;
  found: number;
}

/** Readers take turns, so that a busy moment of the machine is shared by all. */
async function measure(sample: Sample): Promise<(Measured | null)[]> {
  const results: (Measured | null)[] = READERS.map(() => null);
  for (let round = 0; round <= ROUNDS; round++)
    for (const [i, reader] of READERS.entries()) {
      const run = await reader.read(sample);
      if (!run) continue;
      const known = results[i];
      if (!known)
        results[i] = {
          first: run.seconds,
          best: Number.POSITIVE_INFINITY,
          found: countFound(sample, run.text),
        };
      else known.best = Math.min(known.best, run.seconds);
    }
  return results;
}

function countFound({ wanted }: Sample, text: string): number {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  return wanted.filter((line) => plain.includes(line.normalize('NFKC').replace(/\s/g, ''))).length;
}

function show({ wanted }: Sample, { name }: Reader, result: Measured | null, peer: Measured | null): void {
  const label = `  ${name.padEnd(22)}`;
  if (!result) {
    console.log(`${label} not installed`);
    return;
  }
  const ratio = peer ? `${(result.best / peer.best).toFixed(2)} ×` : '';
  // the reader with forms gives values, not lines
  const lines = name.includes('forms')
    ? ''
    : `${result.found}/${wanted.length} lines${result.found === 0 ? ', SILENTLY EMPTY' : result.found < wanted.length ? ', LOST SOME' : ''}`;
  console.log(
    `${label} ${result.best.toFixed(2)} s warm, ${result.first.toFixed(2)} s first  ${ratio.padStart(7)}  ${lines}`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'reading-pdf-'));
try {
  const totals = { desk: 0, peer: 0, lost: 0 };
  let forms = 'unknown';
  for (const sample of await samples(folder)) {
    console.log(`${sample.name}: ${PAGES} pages, ${(sample.bytes.length / 1024).toFixed(0)} KB`);
    const results = await measure(sample);
    const [peer = null, desk, withForms] = results;
    for (const [i, reader] of READERS.entries()) show(sample, reader, results[i] ?? null, peer);
    totals.peer += peer?.best ?? 0;
    totals.desk += desk?.best ?? 0;
    totals.lost += sample.wanted.length - (desk?.found ?? 0);
    if (sample.name.startsWith('forms') && peer && withForms) forms = (withForms.best / peer.best).toFixed(2);
  }
  const ratio =
    totals.peer > 0 ? (totals.desk / totals.peer).toFixed(2) : 'unknown (pdftotext is not installed)';
  console.log(
    `\nthe desk / pdftotext -layout, all files: ${ratio}   goal: at most ${GOAL}   lines lost: ${totals.lost}`,
  );
  console.log(
    `pages of forms with everything read from them / pdftotext: ${forms}   goal: at most ${FORMS_GOAL}`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
