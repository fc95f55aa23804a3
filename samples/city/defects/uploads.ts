import type { ZipEntry } from '../../lib/zip.ts';
import { encryptedZip } from '../../lib/zip.ts';
import type { Random } from '../random.ts';

/** A fault of a whole upload: nothing in it can be judged, and the office must get a finding. */
export interface UploadDefect {
  name: string;
  code: string;
  why: string;
  /** further findings the desk may raise on the readable rest */
  follows: string[];
  spoil(whole: Uint8Array, entries: ZipEntry[]): Uint8Array;
}

const UPLOAD_DEFECTS: readonly UploadDefect[] = [
  {
    name: 'upload-is-no-zip',
    code: 'F_ZIP_NOT_ZIP',
    why: 'ZIPではなく、名前だけを変えた文章のファイル',
    follows: [],
    spoil: () => Buffer.from('これはZIPではなく、名前だけを変えた文章のファイルです。\n', 'utf8'),
  },
  {
    name: 'upload-is-empty',
    code: 'F_ZIP_EMPTY',
    why: '中身のないZIP',
    follows: [],
    spoil: () => Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex'),
  },
  {
    name: 'upload-cut-off',
    code: 'F_ZIP_DAMAGED',
    why: '送信が途中で切れたZIP',
    follows: [],
    spoil: (whole) => whole.slice(0, Math.floor(whole.length * 0.6)),
  },
  {
    name: 'upload-with-password',
    code: 'F_ZIP_ENCRYPTED',
    why: 'パスワード付きのZIP',
    follows: ['F_PACKET_EMPTY', 'F_PACKET_NO_PERSON', 'F_PACKET_UNKNOWN_INSURER', 'F_PACKET_NO_MONTH'],
    spoil: (_, entries) => encryptedZip(entries),
  },
];

export const pickUploadDefect = (random: Random): UploadDefect => random.pick(UPLOAD_DEFECTS);
