import { type Finding, fileFinding } from '../../findings/finding.ts';
import type { PacketFile } from '../../packet/packet.ts';
import { PROCESS_LIMITS } from '../worker/process-limits.ts';

/** What can be wrong with an Office file, in the office's words. */

export const brokenOfficeFile = (file: PacketFile, cause: string): Finding =>
  fileFinding(
    'F_FILE_UNKNOWN',
    'warn',
    { file: file.path },
    `「${file.path}」を読み取れません。${cause}`,
    '元のソフトで開けることを確かめ、パスワードを外して保存し直すか、PDFにして送り直してください。',
  );

const SMALLER =
  '利用者ごと、書類ごとにファイルを分け、元のソフトで保存し直すか、PDFにして送り直してください。';

const tooLarge = (file: PacketFile, message: string): Finding =>
  fileFinding('F_FILE_TOO_LARGE', 'error', { file: file.path }, message, SMALLER);

export const lateOfficeFile = (file: PacketFile): Finding =>
  tooLarge(
    file,
    `「${file.path}」は時間内に読み取れませんでした（ExcelやWordのファイル一つ ${PROCESS_LIMITS.officeSeconds} 秒、1提出 ${PROCESS_LIMITS.packetSeconds} 秒まで）。`,
  );

export const crashedOfficeFile = (file: PacketFile): Finding =>
  tooLarge(file, `「${file.path}」は読み取りの途中で処理を止めました。中身が極端に大きいか、壊れています。`);

/** @param cause which figure, in Japanese */
export const largeOfficeFile = (file: PacketFile, cause: string): Finding =>
  tooLarge(file, `「${file.path}」を読み取れません。${cause}`);

export const emptyOfficeFile = (file: PacketFile): Finding =>
  brokenOfficeFile(file, '文字の書かれたシートやページがありません。');

/** Page and, of a workbook, the sheet. */
const placeOf = (file: PacketFile, page: number, name: string | null): string =>
  name === null ? `「${file.path}」の${page}ページ` : `「${file.path}」のシート「${name}」`;

/** @param things what is seen there and not read, in Japanese */
export const unreadThings = (
  file: PacketFile,
  page: number,
  name: string | null,
  things: ReadonlySet<string>,
): Finding =>
  fileFinding(
    'F_FILE_UNKNOWN',
    'warn',
    { file: file.path, page },
    `${placeOf(file, page, name)}に、読み取れないもの（${[...things].join('、')}）があります。セルや文章の文字は読み取りました。`,
    '担当者が、丸や線で選んだところやチェックした欄を目で確かめます。次回からは、元のソフトからPDFにして送ると確かです。',
  );

export const hiddenText = (file: PacketFile, page: number, name: string | null): Finding =>
  fileFinding(
    'F_FILE_NORMALISED',
    'info',
    { file: file.path, page },
    `${placeOf(file, page, name)}には、表示されていないシート・行・列・文字、またはコメントがあります。書類に見えないものは、書かれていないものとして読みました。`,
    '見せるつもりのものがあれば、再表示して送り直してください。',
  );

export const pictureInside = (file: PacketFile, page: number, number: number): Finding =>
  fileFinding(
    'F_PDF_NO_TEXT',
    'review',
    { file: file.path, page },
    `「${file.path}」に貼られた画像（${number}枚目。書類の${page}ページとして数えます）は、文字の情報がなく、内容を読み取れません。`,
    '担当者が画像を目で確かめます。書類を写した画像のときは、その書類を別のファイルにして送ると早く確認できます。',
  );
