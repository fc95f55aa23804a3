import type { CsvFile } from './csv-file.ts';
import { checkImages } from './sets/check-images.ts';
import { checkSet, SETS } from './sets/check-parts.ts';
import { compareUse } from './sets/compare-use.ts';
import { isEmptied } from './sets/file-keys.ts';
import { replaceOlder } from './sets/replace-older.ts';
import { withdraw } from './sets/withdraw.ts';

/**
 * Checks the CSV files of one packet together, after each was read: withdraws what a delete file names, lets a newer file
 * replace an older one, and reports missing parts of a set. Findings go to the documents they are about.
 * @param paths all files of the packet, for the images a file names
 */
export function checkCsvSets(files: CsvFile[], paths: string[]): void {
  const read = files.filter((file) => file.document.outcome === 'used' && file.layout !== null);
  withdraw(read);
  replaceOlder(read);
  const current = read.filter((file) => file.document.outcome === 'used' && !isEmptied(file));
  // A file that cannot be read has its own finding; it is not missing.
  const unread = new Set(
    files.filter((file) => file.document.outcome !== 'used').map((f) => f.document.title),
  );
  for (const { parent, parts, ...set } of SETS)
    if (!unread.has(parent))
      checkSet({ ...set, parent, parts: parts.filter((p) => !unread.has(p)) }, current);
  checkImages(current, paths);
  compareUse(current);
  preferCodes(current);
}

/** 利用票 names services by code; the free text of the plan's 別表 only counts where there is no 利用票. */
function preferCodes(files: CsvFile[]): void {
  const hasCodes = files.some(
    ({ document, layout }) =>
      layout!.type !== 'UPYOBO_SUB' && document.readings.some((r) => r.field === 'service_planned'),
  );
  if (!hasCodes) return;
  for (const { document, layout } of files)
    if (layout!.type === 'UPYOBO_SUB')
      document.readings = document.readings.filter((r) => r.field !== 'service_planned');
}
