import type { SampleFile } from '../lib/csv/write-csv.ts';

/** Everything of a CSV's name but the time it was put out. */
const STAMP = /_(\d{14})\.CSV$/;

/**
 * The CSV files of several people as one program puts them out: one file for each kind, sender, receiver and month, with
 * the latest of their times. A header row is written once.
 */
export function joinCsvFiles(files: SampleFile[]): SampleFile[] {
  const joined = Map.groupBy(files, ({ name }) => name.replace(STAMP, ''));
  return [...joined].map(([base, own]) => {
    const stamp = own
      .flatMap(({ name }) => STAMP.exec(name)?.[1] ?? [])
      .sort()
      .at(-1);
    const bytes = own.map((file, i) => (i === 0 ? file.bytes : withoutHeader(file.bytes)));
    return { name: `${base}_${stamp}.CSV`, bytes: Buffer.concat(bytes) };
  });
}

/** Only a header begins with the name of the first column. */
function withoutHeader(bytes: Uint8Array): Uint8Array {
  const hasHeader = /^"?CSV/.test(Buffer.from(bytes.subarray(0, 4)).toString('latin1'));
  return hasHeader ? bytes.subarray(bytes.indexOf(0x0a) + 1) : bytes;
}
