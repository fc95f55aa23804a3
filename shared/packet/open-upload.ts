import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { isProgrammingError } from '../faults/report-fault.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import { maskedPath } from '../text/my-number.ts';
import { EntryTrouble } from './entry-trouble.ts';
import { describeFile } from './file-type.ts';
import { groupEntries } from './group-entries.ts';
import { listArchive, nameFindings, type Opening, placeKey } from './list-archive.ts';
import { listFolder } from './list-folder.ts';
import { makePacket } from './make-packet.ts';
import type { Packet } from './packet.ts';
import type { UploadEntry } from './upload-entry.ts';
import { DEFAULT_LIMITS, type UploadLimits } from './upload-limits.ts';
import type { UploadSource } from './upload-source.ts';
import { fileSource } from './zip/byte-source.ts';
import type { Damage } from './zip/list-zip.ts';
import type { NameDecoding } from './zip/zip-names.ts';

export interface OpenedUpload {
  /** what the office called it */
  name: string;
  /** sha256 of the file, hex; of a folder: over its sorted (path, digest) pairs */
  digest: string;
  /** how file names were decoded */
  names: NameDecoding;
  /** what is wrong with the upload as a whole; what concerns one packet is in that packet */
  findings: Finding[];
  /**
   * entries listed, those in nested ZIPs and what is left aside included: each must be accounted for by exactly one
   * packet, or by the verdict on the upload itself where no packet is made of any
   */
  entries: number;
  /** of these, the entries no packet is made of: the upload was refused as a whole, or holds nothing but leftovers */
  refused: number;
  /** a name in it carries a 個人番号: shown here without it, and to be taken out of what is kept */
  hasNumberedName: boolean;
  /** one packet at a time, in the order of the upload; which folders are packets: `groupEntries` */
  packets(): AsyncGenerator<Packet>;
}

/**
 * Opens what an office sent: a ZIP on disk, or a folder. Two passes: the directory is listed first (names only), then
 * the files of one packet at a time are unpacked, counted and hashed, so memory does not grow with the packets.
 * An upload that cannot be opened has findings and no packets. Throws only when the file itself cannot be read.
 */
export async function openUpload(
  source: UploadSource,
  limits: UploadLimits = DEFAULT_LIMITS,
): Promise<OpenedUpload> {
  const opening: Opening = {
    limits,
    count: { total: 0 },
    files: 0,
    findings: [],
    decoded: [],
    emptyFolders: [],
    withdrawn: new Map(),
    hasNumberedName: false,
  };
  const name = maskedPath(source.name);
  const redaction = 'file' in source ? source.redaction : null;
  for (const file of redaction?.files ?? []) opening.withdrawn.set(placeKey(file.at), file);
  const { entries, refused, names, digest } =
    'folder' in source
      ? await openFolder({ ...source, name }, opening)
      : await openFile({ ...source, name }, opening);
  return {
    name,
    digest: redaction?.digest ?? digest,
    names,
    entries: entries.length + refused,
    refused: refused + (entries.every(({ isJunk }) => isJunk) ? entries.length : 0),
    hasNumberedName: opening.hasNumberedName,
    findings: [
      ...opening.findings,
      ...nameFindings(opening.decoded),
      ...emptyFolders(name, opening.emptyFolders),
    ],
    async *packets() {
      for (const group of groupEntries(entries, name.replace(/\.zip$/i, '')))
        yield await makePacket(group, limits);
    },
  };
}

interface Listed {
  entries: UploadEntry[];
  /** entries of an upload that is refused as a whole: no packet is made of them */
  refused: number;
  names: NameDecoding;
  digest: string;
}

async function openFile(source: { name: string; file: string }, opening: Opening): Promise<Listed> {
  const bytes = await fileSource(source.file);
  const digest = await fileDigest(source.file);
  const refuse = (finding: Finding): Listed => {
    opening.findings.push(finding);
    return { entries: [], refused: opening.files, names: 'ascii', digest };
  };
  if (bytes.size === 0) return refuse(emptyFile(source.name));
  const head = await bytes.read(0, 64);
  if (head.subarray(0, 2).toString('latin1') !== 'PK') return refuse(notZip(source.name, describeFile(head)));

  const { entries, names, damage } = await listArchive(bytes, source.name, [], opening);
  if (damage) opening.findings.push(unreadZip(source.name, damage, entries.length));
  if (entries.some((entry) => entry.path === '[Content_Types].xml'))
    return refuse(notZip(source.name, 'Excel・Word・PowerPointのファイル'));
  if (opening.files > opening.limits.files) return refuse(tooManyFiles(source.name, opening.limits));
  if (!damage && entries.every((entry) => entry.isJunk)) return { ...refuse(emptyZip(source.name)), names };
  return { entries, refused: 0, names, digest };
}

async function openFolder(source: { name: string; folder: string }, opening: Opening): Promise<Listed> {
  const entries = await listFolder(source.folder, opening);
  const hash = createHash('sha256');
  const files = entries.filter((entry) => !entry.isJunk && !entry.trouble);
  const byPath = files.map((entry) => entry.path).sort();
  const entryAt = new Map(files.map((entry) => [entry.path, entry]));
  for (const path of byPath) {
    const file = createHash('sha256');
    try {
      for await (const chunk of entryAt.get(path)?.bytes(false) ?? []) file.update(chunk);
    } catch (cause) {
      // A finding when the packet is made; here it only counts.
      if (!(cause instanceof EntryTrouble) && !isProgrammingError(cause)) throw cause;
    }
    hash.update(`${path}\0${file.digest('hex')}\n`);
  }
  const isTooMany = opening.files > opening.limits.files;
  if (isTooMany) opening.findings.push(tooManyFiles(source.name, opening.limits));
  else if (files.length === 0 && entries.every((entry) => entry.isJunk))
    opening.findings.push(emptyZip(source.name));
  return {
    entries: isTooMany ? [] : entries,
    refused: isTooMany ? entries.length : 0,
    names: 'file-system',
    digest: hash.digest('hex'),
  };
}

async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

const REMAKE = '利用者ごとのフォルダーを一つのZIPにまとめ、作り直して送ってください。';

const notZip = (file: string, looksLike: string): Finding =>
  fileFinding(
    'F_ZIP_NOT_ZIP',
    'error',
    { file },
    `${file} はZIPファイルではありません（${looksLike}のようです）。`,
    `書類を利用者ごとのフォルダーに入れ、ZIP形式で圧縮してから送ってください。`,
  );

const emptyFile = (file: string): Finding =>
  fileFinding(
    'F_ZIP_EMPTY',
    'error',
    { file, byte: 0 },
    `${file} は空のファイル（0バイト）です。`,
    `元のファイルを開けることを確かめてから、${REMAKE}`,
  );

const emptyZip = (file: string): Finding =>
  fileFinding('F_ZIP_EMPTY', 'error', { file }, `${file} の中に書類が一つもありません。`, REMAKE);

const unreadZip = (file: string, { code, reason, remedy }: Damage, found: number): Finding =>
  fileFinding(
    code,
    code === 'F_FILE_DESK_FAULT' ? 'review' : 'error',
    { file },
    found > 0
      ? `${file} を最後まで読み取れません: ${reason}。取り出せた ${found} ファイルだけを確認しました。`
      : `${file} の中の書類を取り出せません: ${reason}。`,
    remedy ?? 'パスワードを付けずにZIPを作り直し、最後まで送信されたことを確かめて送り直してください。',
  );

const emptyFolders = (file: string, folders: string[]): Finding[] =>
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

const tooManyFiles = (file: string, limits: UploadLimits): Finding =>
  fileFinding(
    'F_ZIP_TOO_LARGE',
    'error',
    { file },
    `${file} のファイル数が上限（1回の送信 ${limits.files.toLocaleString('ja-JP')} ファイル）を超えています。どの書類も受け付けていません。`,
    '利用者を分け、何回かに分けて送り直してください。',
  );
