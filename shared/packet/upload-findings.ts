import { type Finding, fileFinding } from '../findings/finding.ts';
import type { ForeignFile } from './foreign-file.ts';
import type { UploadLimits } from './upload-limits.ts';
import type { Damage } from './zip/list-zip.ts';
import type { UnreadPart } from './zip/unread-parts.ts';

const REMAKE = '利用者ごとのフォルダーを一つのZIPにまとめ、作り直して送ってください。';

export const notZip = (file: string, looksLike: string): Finding =>
  fileFinding(
    'F_ZIP_NOT_ZIP',
    'error',
    { file },
    `${file} はZIPファイルではありません（${looksLike}のようです）。`,
    `書類を利用者ごとのフォルダーに入れ、ZIP形式で圧縮してから送ってください。`,
  );

/** One file of a known kind that is not read, sent as it is. */
export const foreignUpload = (file: string, { name, remedy }: ForeignFile): Finding =>
  fileFinding('F_ZIP_NOT_ZIP', 'error', { file }, `${file} は${name}で、中の書類を受け取れません。`, remedy);

export const emptyUpload = (file: string): Finding =>
  fileFinding(
    'F_ZIP_EMPTY',
    'error',
    { file, byte: 0 },
    `${file} は空のファイル（0バイト）です。`,
    `元のファイルを開けることを確かめてから、${REMAKE}`,
  );

export const emptyZip = (file: string): Finding =>
  fileFinding('F_ZIP_EMPTY', 'error', { file }, `${file} の中に書類が一つもありません。`, REMAKE);

export const damagedZip = (file: string, { code, reason, remedy }: Damage, count: number): Finding =>
  fileFinding(
    code,
    code === 'F_FILE_DESK_FAULT' ? 'review' : 'error',
    { file },
    count > 0
      ? `${file} を最後まで読み取れません: ${reason}。取り出せた ${count} ファイルだけを確認しました。`
      : `${file} の中の書類を取り出せません: ${reason}。`,
    remedy ?? 'パスワードを付けずにZIPを作り直し、最後まで送信されたことを確かめて送り直してください。',
  );

export const emptyFolders = (file: string, folders: string[]): Finding[] =>
  folders.length === 0
    ? []
    : [
        fileFinding(
          'F_ZIP_EMPTY',
          'info',
          { file },
          `${file} の中に、書類の入っていないフォルダーがあります: ${folders.slice(0, 5).join('、')}${folders.length > 5 ? ` ほか ${folders.length - 5} 個` : ''}。`,
          '書類を入れ忘れた利用者がいれば、その分を送ってください。',
        ),
      ];

/** What a ZIP holds beside the files of its list: a person looks where it may be documents. */
export const unreadParts = (parts: (UnreadPart & { path: string })[]): Finding[] =>
  parts.map(({ path, what, why = '目録にない', mayHoldDocuments }) =>
    fileFinding(
      'F_ZIP_DAMAGED',
      mayHoldDocuments ? 'warn' : 'info',
      { file: path },
      `${path} の${what}。${why}ため、読み取っていません。`,
      mayHoldDocuments
        ? '書類をすべて入れたZIPを一つ作り直して送ってください。'
        : '送信の途中で付いたものであれば、対応は不要です。',
    ),
  );

/** @param at the CSV with which it is too many */
export const tooManyRows = (file: string, at: string, rows: number): Finding =>
  fileFinding(
    'F_ZIP_TOO_LARGE',
    'error',
    { file: at },
    `${file} のCSVの行数の合計が、${at} までで上限（1回の送信 ${rows.toLocaleString('ja-JP')} 行）を超えています。どの書類も受け付けていません。`,
    '利用者を分けてCSVを出力し、何回かに分けて送り直してください。',
  );

export const tooManyFiles = (file: string, limits: UploadLimits): Finding =>
  fileFinding(
    'F_ZIP_TOO_LARGE',
    'error',
    { file },
    `${file} のファイル数が上限（1回の送信 ${limits.files.toLocaleString('ja-JP')} ファイル）を超えています。どの書類も受け付けていません。`,
    '利用者を分け、何回かに分けて送り直してください。',
  );
