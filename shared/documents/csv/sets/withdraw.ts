import type { CsvType } from '../../../packet/standard-csv-name.ts';
import type { CsvFile } from '../csv-file.ts';
import { REMEDIES } from '../remedies.ts';
import { dropReadings, firstRow, isLater, isSame, keysIn } from './file-keys.ts';
import { report } from './report.ts';

/** The files a delete file withdraws (標準仕様 2.3・3.3: deletes cascade). */
export const WITHDRAWN_BY: Partial<Record<CsvType, CsvType[]>> = {
  DLT1KYO: ['UP1KYO', 'UP2KYO', 'UP3KYO'],
  DLTPLAN: ['UPPLAN', 'UPSIKYU'],
  DLTJSK: ['UPJSK'],
  DLTKIHON: ['UPKIHON', 'UPKIHON_SUB1', 'UPKIHON_SUB2'],
  DLTYOBO: ['UPYOBO', 'UPYOBO_SUB'],
};

/** Withdraws the rows that a delete file names. */
export function withdraw(files: CsvFile[]): void {
  for (const deletion of files) {
    const types = WITHDRAWN_BY[deletion.layout!.type];
    if (!types) continue;
    const targets = files.filter((file) => types.includes(file.layout!.type) && !isLater(file, deletion));
    let isFound = false;
    for (const target of targets) {
      const withdrawn = keysIn(target, (key) => deletion.keys.some((deleted) => isSame(deleted, key)));
      if (withdrawn.size === 0) continue;
      isFound = true;
      dropReadings(target, withdrawn);
      report(
        target,
        'F_CSV_DELETED',
        'info',
        firstRow(target, withdrawn),
        `${target.document.file} は、削除ファイル ${deletion.document.file} により取り下げられたため、${withdrawn.size === target.keys.length ? '' : '該当する行の'}内容を使いません。`,
        REMEDIES.nothing,
      );
    }
    if (!isFound)
      report(
        deletion,
        'F_CSV_DELETED',
        'review',
        deletion.keys[0]?.row,
        `${deletion.document.file} が取り下げる書類は、この提出の中にありません。前に提出した書類の取下げと思われます。`,
        '前に提出した書類を取り下げるときは、提出先の地域包括支援センターにも連絡してください。',
      );
  }
}
