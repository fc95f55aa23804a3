import { EntryTrouble } from '../entry-trouble.ts';
import { formatBytes } from '../upload-limits.ts';
import type { ContainerKind } from './container-kind.ts';
import { CONTAINER_LIMITS } from './container-limits.ts';
import type { ContainerTrouble } from './contents.ts';

/** Why a mail or an archive is not opened, in the office's words. */

const WHAT: Record<ContainerKind, string> = {
  mail: 'メール（.eml）',
  outlook: 'Outlookのメール（.msg）',
  archive: '圧縮ファイル（7-Zip・LZH・RAR）',
};

export function troubleOf(kind: ContainerKind, trouble: ContainerTrouble, most: number): EntryTrouble {
  const what = WHAT[kind];
  if (trouble === 'encrypted')
    return new EntryTrouble(
      'F_ZIP_ENCRYPTED',
      'unreadable',
      `${what}にパスワードがかかっています`,
      'パスワードを付けずに、ZIPに圧縮し直して送ってください。',
    );
  if (trouble === 'too_large')
    return new EntryTrouble(
      'F_ZIP_TOO_LARGE',
      'quarantined',
      `${what}を展開した合計が上限（${formatBytes(most)}）を超えます`,
      '利用者を分け、何回かに分けて送り直してください。',
    );
  return new EntryTrouble(
    'F_ZIP_DAMAGED',
    'unreadable',
    `${what}を開けません。途中で切れているか、壊れています`,
    remedyOf(kind),
  );
}

/** What an office can do where the desk does not open it. */
const remedyOf = (kind: ContainerKind): string =>
  kind === 'archive'
    ? '中の書類を取り出し、ZIPに圧縮し直して送ってください。'
    : 'メールを開き、添付されている書類を保存して、そのファイルを送ってください。';

export const lateContainer = (kind: ContainerKind): EntryTrouble =>
  new EntryTrouble(
    'F_ZIP_TOO_LARGE',
    'quarantined',
    `${WHAT[kind]}を時間内に開けませんでした（1回の送信に入っているメールと圧縮ファイルを合わせて ${CONTAINER_LIMITS.seconds} 秒まで）`,
    `${remedyOf(kind)}メールや圧縮ファイルが多いときは、何回かに分けて送ってください。`,
  );

export const crashedContainer = (kind: ContainerKind): EntryTrouble =>
  new EntryTrouble(
    'F_ZIP_TOO_LARGE',
    'quarantined',
    `${WHAT[kind]}を開く途中で処理を止めました。中身が極端に大きく展開されるか、壊れています`,
    remedyOf(kind),
  );
