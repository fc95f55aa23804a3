import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadDocument } from '../shared/documents/document.ts';
import { openOcrEngine } from '../shared/documents/ocr/ocr-engine.ts';
import { ocrFile } from '../shared/documents/ocr/ocr-file.ts';
import { assembleLines, type PageText, type TextRun } from '../shared/documents/pages/page-text.ts';
import type { PacketFile } from '../shared/packet/packet.ts';
import { perfectReader } from '../test/builders/perfect-reader.ts';
import { otherSamples } from './lib/scans/other-samples.ts';
import { fileOf, ownSamples, type Sample } from './lib/scans/own-samples.ts';
import { count, documentsOf, nothing, printScores, type Score, tellMisses } from './lib/scans/score.ts';

/**
 * Scans of ten forms with known answers: titles recognised, fields right and wrong, pages passed over in silence,
 * CPU a page; beside tesseract as Debian packages it (`tesseract -l jpn`), when it is installed.
 *
 *   node bench/reading-scans.ts [persons, 2] [seed, 1] [--perfect] [--others]
 *
 * The answers are what the very same pages say when they are read as born-digital PDFs. The same seed gives the same
 * pictures: 200 and 300 dpi, laid askew by 2°, with noise, a red seal over the text, and as a JPEG of a copier.
 * With --perfect, the letters that were drawn are read in the rows that the desk finds: what the layout alone loses.
 * With --others, twelve pages of other layouts and faces that Chromium prints, against the values that were printed; beside
 * what the desk reads from their PDFs.
 * Exit code 1 when a page was passed over in silence.
 */
const OPTIONS = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const PERSONS = Number(OPTIONS[0] ?? 2);
const SEED = Number(OPTIONS[1] ?? 1);
const IS_PERFECT = process.argv.includes('--perfect');
const IS_OTHER = process.argv.includes('--others');

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

const corpus: (Sample & { printed?: ReadDocument[] })[] = IS_OTHER
  ? await otherSamples()
  : await ownSamples(PERSONS, SEED);
const hasDebian =
  !IS_PERFECT &&
  (spawnSync('tesseract', ['--list-langs'], { encoding: 'utf8' }).stdout?.includes('jpn') ?? false);
type Scores = Map<string, Score>;
const ours: Scores = new Map();
const theirs: Scores = new Map();
const byForm: Scores = new Map();
const born: Scores = new Map();
const scoreOf = (scores: Scores, name: string): Score => {
  const score = scores.get(name) ?? nothing();
  scores.set(name, score);
  return score;
};
const folder = mkdtempSync(join(tmpdir(), 'reading-scans-'));
const engine = await openOcrEngine();
const verbose = process.env.VERBOSE !== undefined;
for (const { form, style, bytes, truth, letters, printed } of corpus) {
  const file = fileOf(`${form}.png`, bytes);
  const before = process.cpuUsage();
  const text = await ocrFile(file, IS_PERFECT ? perfectReader(letters) : engine);
  const used = process.cpuUsage(before);
  const read = await documentsOf(file, text);
  for (const score of [scoreOf(ours, style), scoreOf(ours, 'total'), scoreOf(byForm, form)])
    count(score, truth, read, (used.user + used.system) / 1e6);
  if (printed) count(scoreOf(born, 'born digital'), truth, printed, 0);
  if (verbose) tellMisses(form, style, truth, read);
  if (!hasDebian) continue;
  const [plain, cpu] = await debian(file, bytes, folder);
  for (const score of [scoreOf(theirs, style), scoreOf(theirs, 'total')]) count(score, truth, plain, cpu);
}
await engine.close();
rmSync(folder, { recursive: true, force: true });

console.log(`${corpus.length} pages${IS_OTHER ? '' : `, ${PERSONS} persons, seed ${SEED}`}`);
printScores(IS_PERFECT ? 'a perfect reader in this desk' : 'this desk', ours);
printScores('this desk, by form', byForm);
if (IS_OTHER) printScores('the same pages as PDFs', born);
if (hasDebian) printScores('tesseract of Debian on the picture as it is', theirs);
else console.log('\ntesseract with jpn is not installed; not compared');
process.exitCode = scoreOf(ours, 'total').silent > 0 ? 1 : 0;
