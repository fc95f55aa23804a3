import { EntryTrouble } from './entry-trouble.ts';
import type { Damage } from './zip/list-zip.ts';

export const tooNested = (limit: number): EntryTrouble =>
  new EntryTrouble(
    'F_ZIP_NESTED',
    'unsupported',
    `ZIPの中のZIPの、さらに中にあるZIPは開きません（上限 ${limit} 段）`,
    'ZIPを展開し、利用者ごとのフォルダーにして送ってください。',
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
