import { isFamilyImageName } from '../../../packet/standard-csv-name.ts';
import type { CsvFile } from '../csv-file.ts';
import { report } from './report.ts';

/** 利用者基本情報 always travels with the family picture it names (標準仕様 3.3). */
export function checkImages(files: CsvFile[], paths: string[]): void {
  const names = new Set(paths.map((path) => path.slice(path.lastIndexOf('/') + 1).toLowerCase()));
  for (const file of files)
    for (const { name, row } of file.images)
      if (!names.has(name.toLowerCase()) && !paths.some(isFamilyImageName))
        report(
          file,
          'F_CSV_SET',
          'warn',
          row,
          `${file.document.file} ${row}行目に書かれた家族構成の画像「${name}」が、提出の中にありません。`,
          '画像ファイルも同じフォルダーに入れて送り直してください。',
        );
}
