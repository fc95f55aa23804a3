import type { ReadDocument, Reading } from '../../../shared/documents/document.ts';
import { applyOcr } from '../../../shared/documents/ocr/apply-ocr.ts';
import { type FileText, memoryOcrTexts } from '../../../shared/documents/ocr/ocr-text.ts';
import { fileFinding } from '../../../shared/findings/finding.ts';
import type { PacketFile } from '../../../shared/packet/packet.ts';

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

/** The documents of a page, with its readings. */
export async function documentsOf(file: PacketFile, text: FileText): Promise<ReadDocument[]> {
  const texts = memoryOcrTexts();
  await texts.put(text);
  return applyOcr([unread(file)], texts);
}

export interface Score {
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
export const nothing = (): Score => ({
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

/** The days of a service are left out: the desk takes none from a scan, where a letter a column off is another day. */
const key = ({ field, value }: Reading): string => {
  const compared = typeof value === 'object' && 'days' in value ? { ...value, days: undefined } : value;
  return `${field} ${JSON.stringify(compared).replace(/[\s\u3000]/g, '')}`;
};
const isNumber = ({ field }: Reading): boolean => /number|date|valid|decided|created|month/.test(field);

/** The fields of the first page of the truth against what was read. */
export function count(score: Score, truth: ReadDocument[], read: ReadDocument[], cpu: number): void {
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

const percent = (part: number, of: number): string =>
  of === 0 ? '–' : `${((100 * part) / of).toFixed(1)} %`;

export function printScores(title: string, scores: Map<string, Score>): void {
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

/** The fields of a page that were missed, with what was read instead. */
export function tellMisses(form: string, style: string, truth: ReadDocument[], read: ReadDocument[]): void {
  const found = new Map(read.flatMap(({ readings }) => readings).map((r) => [key(r), r]));
  for (const r of truth.flatMap(({ readings }) => readings))
    if (r.where.page === 1 && !found.has(key(r))) {
      const other = [...found.values()].find(({ field }) => field === r.field);
      console.log(
        `  ${form} | ${style} | ${r.field}: ${JSON.stringify(r.value)} read ${JSON.stringify(other?.value ?? null)}`,
      );
    }
}
