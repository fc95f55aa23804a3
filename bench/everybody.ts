/**
 * A month of everybody in one upload, split and decided by one process of its own each:
 * node bench/everybody.ts [--people 100,1000,2000] [--rows 30000,60000,120000]
 * `people`: three CSV files of the standard, five rows a person, and one PDF with a page for each: the memory. `rows`: the CSV
 * files alone with as many rows together: the CPU, whose ratio of one size to the one before should be that of the rows.
 * Memory and CPU are those of the process that splits and decides; the one that reads the PDF, a hundred pages at a time, is
 * not in them.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exported, type PersonMonth } from '../test/builders/office-export.ts';
import { embeddedPdf, row } from '../test/builders/pdf.ts';
import { zipOf } from '../test/builders/zip.ts';
import type { Measured } from './lib/decide-one.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '100,1000,2000' },
    rows: { type: 'string', default: '30000,60000,120000' },
  },
});
const ROWS_OF_PERSON = 5;
const MB = 1024;
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-everybody-'));
let failed = false;
try {
  console.log(
    '| persons | rows | pages | packets | ledger | resident memory at most | CPU | CPU of a row | ratio of CPU | of rows |',
  );
  console.log('| ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |');
  for (const people of sizes(values.people)) await measure(people, true, null);
  let before: Measured | null = null;
  for (const rows of sizes(values.rows)) before = await measure(rows / ROWS_OF_PERSON, false, before);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

function sizes(option: string): number[] {
  return option.split(',').filter(Boolean).map(Number);
}

async function measure(people: number, withPdf: boolean, before: Measured | null): Promise<Measured> {
  const file = join(folder, `${people}.zip`);
  writeFileSync(file, await monthOf(people, withPdf));
  const program = join(import.meta.dirname, 'lib/decide-one.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const one = JSON.parse(stdout) as Measured;
  failed ||= !one.isClosed || one.packets !== people;
  const cells = [
    ...[people, one.rows, one.pages, one.packets, one.isClosed ? 'closed' : 'open'],
    ...[`${(one.rss / MB).toFixed(0)} MB`, `${(one.cpu / 1000).toFixed(1)} s`],
    `${((one.cpu / one.rows) * 1000).toFixed(0)} µs`,
    ...(before ? [(one.cpu / before.cpu).toFixed(2), (one.rows / before.rows).toFixed(2)] : ['', '']),
  ];
  console.log(`| ${cells.join(' | ')} |`);
  return one;
}

async function monthOf(people: number, withPdf: boolean): Promise<Uint8Array> {
  const all = Array.from(
    { length: people },
    (_, i): PersonMonth => ({
      ...{ number: String(10_000 + i).padStart(10, '0'), name: `見本　花子${i}`, month: '202406' },
      services: ['A21111', '631111'],
    }),
  );
  const csv = (['UPPLAN', 'UPJSK', 'UPHOSOKU'] as const).map((type) => exported(type, all));
  const pages = all.map(({ number, name }) => [
    { text: '介護保険被保険者証', size: 14 },
    row('番号', number),
    row('氏名', name),
  ]);
  return zipOf(Object.assign({}, ...csv, withPdf && { '被保険者証.pdf': await embeddedPdf(pages) }));
}
