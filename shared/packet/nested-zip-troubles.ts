import { EntryTrouble } from './entry-trouble.ts';
import type { Damage } from './zip/list-zip.ts';

export const tooNested = (limit: number): EntryTrouble =>
  new EntryTrouble(
    'F_ZIP_NESTED',
    'unsupported',
    `ZIPやメールの中にあるZIP・メール・圧縮ファイルの、さらに中にあるものは開きません（上限 ${limit} 段）`,
    '中の書類を取り出し、利用者ごとのフォルダーに入れて送ってください。',
  );

export const damagedZip = ({ code, reason, remedy }: Damage): EntryTrouble =>
  new EntryTrouble(
    code,
    'unreadable',
    reason,
    remedy ?? 'パスワードを付けずにZIPを作り直して送ってください。',
  );

export const zipWithoutFiles = (): EntryTrouble =>
  new EntryTrouble(
    'F_ZIP_EMPTY',
    'unreadable',
    '中に書類が一つもありません',
    'ZIPを作り直して送ってください。',
  );
