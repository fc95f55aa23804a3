import { type Finding, fileFinding } from '../findings/finding.ts';
import { maskedPath } from '../text/my-number.ts';
import { EntryTrouble } from './entry-trouble.ts';
import { LONGEST_PATH, safePath } from './safe-path.ts';
import { type Archive, isJunk, type UploadEntry } from './upload-entry.ts';
import type { UploadLimits } from './upload-limits.ts';
import type { WithdrawnFile } from './withdrawn.ts';
import { type ByteSource, bufferSource } from './zip/byte-source.ts';
import { type Damage, listZip } from './zip/list-zip.ts';
import { type UnpackCount, unpackEntry } from './zip/unpack-entry.ts';
import type { ZipEntry } from './zip/zip-entry.ts';
import { decodeNames, type NameDecoding } from './zip/zip-names.ts';

/** What is shared while one upload is opened. */
export interface Opening {
  limits: UploadLimits;
  count: UnpackCount;
  /** files listed so far, nested ZIPs included */
  files: number;
  /** findings on the upload as a whole */
  findings: Finding[];
  /** archives whose names were not plainly UTF-8, with one name as it was read */
  decoded: { path: string; used: NameDecoding; example: string }[];
  /** folders without any file in them */
  emptyFolders: string[];
  /** what was taken out of the upload, by position */
  withdrawn: Map<string, WithdrawnFile>;
  /** a name in it carries a 個人番号, be it that of a folder or of something left aside */
  hasNumberedName: boolean;
}

/** A place in the upload as one word: `3`, or `3/2` in a nested ZIP. */
export const placeKey = (at: number[]): string => at.join('/');

export interface ListedArchive {
  entries: UploadEntry[];
  names: NameDecoding;
  damage: Damage | null;
}

/**
 * Lists the files of a ZIP, those of ZIPs inside it included. `above` are the folders it lies in: empty for the upload
 * itself, the folder made of a nested ZIP otherwise. `path` is how the ZIP is called in messages.
 */
export async function listArchive(
  source: ByteSource | (() => Promise<ByteSource>),
  path: string,
  above: string[],
  opening: Opening,
  level = 0,
  within: number[] = [],
): Promise<ListedArchive> {
  const load = typeof source === 'function' ? source : async () => source;
  const { entries: zipped, damage } = await listZip(await load(), opening.limits.files - opening.files);
  const { names: written, used } = decodeNames(zipped);
  const names = written.map(maskedPath);
  opening.hasNumberedName ||= names.some((name, i) => name !== written[i]);
  const archive: Archive = { path, damage };
  const example = names.find((name) => /[^\x20-\x7e]/.test(name));
  if (example !== undefined && used !== 'utf-8')
    opening.decoded.push({ path, used, example: showPath(example) });
  recordEmptyFolders(path, names, level, opening);

  const entries: UploadEntry[] = [];
  for (const [i, entry] of zipped.entries()) {
    const name = names[i] ?? '';
    // Decoded; of a hundred thousand entries the bytes would stay in memory for nothing.
    entry.nameRaw = NO_BYTES;
    if (name.endsWith('/')) continue;
    if (++opening.files > opening.limits.files) break;
    const at = [...within, i];
    const withdrawn = opening.withdrawn.get(placeKey(at));
    const isNamed = name !== written[i] || withdrawn?.digest === null;
    const listed = makeEntry(load, entry, name, archive, above, opening, { at, withdrawn, isNamed });
    if (isNestedZip(listed)) entries.push(...(await openNested(listed, opening, level + 1)));
    else entries.push(listed);
  }
  return { entries: markDuplicates(entries), names: used, damage };
}

const NO_BYTES = Buffer.alloc(0);

export const isNestedZip = (entry: UploadEntry): boolean =>
  !entry.isJunk && !entry.trouble && !entry.withdrawn && /\.zip$/i.test(entry.path);

/**
 * A ZIP inside the upload is a folder named after it. When it cannot be opened, or is too deep, it stays one file with
 * the reason; when it is no ZIP in spite of its name, it is read as any other file.
 */
export async function openNested(
  entry: UploadEntry,
  opening: Opening,
  level: number,
  onDisk?: ByteSource,
): Promise<UploadEntry[]> {
  const withTrouble = (trouble: EntryTrouble): UploadEntry[] => [{ ...entry, trouble }];
  if (level > opening.limits.nesting)
    return withTrouble(
      new EntryTrouble(
        'F_ZIP_NESTED',
        'unsupported',
        `ZIPの中のZIPの、さらに中にあるZIPは開きません（上限 ${opening.limits.nesting} 段）`,
        'ZIPを展開し、利用者ごとのフォルダーにして送ってください。',
      ),
    );
  let last: WeakRef<Buffer> | null = null;
  const load = async (): Promise<ByteSource> => {
    if (onDisk) return onDisk;
    let bytes = last?.deref();
    if (!bytes) {
      bytes = await collect(entry.bytes(last === null));
      last = new WeakRef(bytes);
    }
    return bufferSource(bytes);
  };
  try {
    const source = await load();
    const head = await source.read(0, 2);
    if (head.toString('latin1') !== 'PK') return [entry];
    const { entries, damage } = await listArchive(
      load,
      entry.path,
      nestedFolder(entry),
      opening,
      level,
      entry.at,
    );
    if (entries.length > 0) return entries;
    return withTrouble(
      damage
        ? new EntryTrouble(
            damage.code,
            'unreadable',
            damage.reason,
            damage.remedy ?? 'パスワードを付けずにZIPを作り直して送ってください。',
          )
        : new EntryTrouble(
            'F_ZIP_EMPTY',
            'unreadable',
            '中に書類が一つもありません',
            'ZIPを作り直して送ってください。',
          ),
    );
  } catch (cause) {
    if (cause instanceof EntryTrouble) return withTrouble(cause);
    throw cause;
  }
}

const nestedFolder = (entry: UploadEntry): string[] => [
  ...entry.parts.slice(0, -1),
  (entry.parts.at(-1) ?? '').replace(/\.zip$/i, ''),
];

function makeEntry(
  load: () => Promise<ByteSource>,
  entry: ZipEntry,
  name: string,
  archive: Archive,
  above: string[],
  opening: Opening,
  { at, withdrawn, isNamed }: { at: number[]; withdrawn?: WithdrawnFile; isNamed: boolean },
): UploadEntry {
  const { parts, danger } = safePath(name);
  const isTop = above.length === 0;
  return {
    at,
    ...(withdrawn && { withdrawn }),
    ...(isNamed && { isNumbered: true }),
    path: isTop ? showPath(name) : `${archive.path}/${showPath(name)}`,
    // What lies too deep is set aside; its folders beyond the limit are not walked.
    parts: [...above, ...(parts.length > 0 ? parts.slice(0, opening.limits.depth) : [showPath(name)])],
    archive,
    trouble: isNamed ? numberedName() : troubleOf(entry, danger, parts.length, opening.limits),
    isJunk: isJunk(parts),
    async *bytes(counted) {
      yield* unpackEntry(await load(), entry, opening.limits, counted ? opening.count : { total: 0 });
    },
  };
}

/** The name itself carries a 個人番号. */
export const numberedName = (): EntryTrouble =>
  new EntryTrouble(
    'F_FILE_MYNUMBER',
    'quarantined',
    'ファイルやフォルダーの名前に個人番号（マイナンバー）が書かれています。このファイルは審査に使わず、送られたZIPから取り除き、受付に残しません',
    '名前から個人番号を消して、送り直してください。受付では個人番号を取り扱いません。',
  );

function troubleOf(
  entry: ZipEntry,
  danger: string | null,
  depth: number,
  limits: UploadLimits,
): EntryTrouble | null {
  const remake = 'ファイル名を直し、利用者ごとのフォルダーに入れて送り直してください。';
  if (danger) return new EntryTrouble('F_ZIP_UNSAFE_PATH', 'quarantined', danger, remake);
  if (entry.symlink)
    return new EntryTrouble(
      'F_ZIP_UNSAFE_PATH',
      'quarantined',
      'ファイルではなく、別の場所を指すリンクです',
      'リンクではなくファイルそのものを入れて送り直してください。',
    );
  if (depth > limits.depth)
    return new EntryTrouble(
      'F_ZIP_NESTED',
      'unsupported',
      `フォルダーの入れ子が上限（${limits.depth} 段）を超えています`,
      'フォルダーを浅くして送り直してください。',
    );
  return null;
}

/** Of files with one name the first counts; makePacket compares the others with it. */
function markDuplicates(entries: UploadEntry[]): UploadEntry[] {
  const seen = new Set<string>();
  for (const entry of entries) {
    const key = entry.parts.join('/');
    if (seen.has(key) && !entry.trouble && !entry.isJunk) entry.sameName = true;
    seen.add(key);
  }
  return entries;
}

/** A name as it may stand in a message: one line, and no longer than people read. Cut names are dangerous ones. */
const showPath = (name: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not reach a message
  const printed = name.replace(/[\u0000-\u001f\u007f]/g, '␣');
  return printed.length > LONGEST_PATH ? `${printed.slice(0, 100)}…${printed.slice(-20)}` : printed;
};

/** How names were decoded, once for the upload and not for every ZIP in it. */
export function nameFindings(decoded: Opening['decoded']): Finding[] {
  const broken = decoded.filter(({ used }) => used === 'broken');
  const cp932 = decoded.filter(({ used }) => used === 'cp932' || used === 'mixed');
  const archivesOf = (list: Opening['decoded']): string => {
    const first = list[0];
    const others = list.length > 1 ? `ほか ${list.length - 1} 個のZIP` : '';
    return first ? `${first.path}${others && ` ${others}`} の中の` : '';
  };
  return [
    ...broken
      .slice(0, 1)
      .map(({ path, example }) =>
        fileFinding(
          'F_ZIP_NAME',
          'warn',
          { file: path },
          `${archivesOf(broken)}ファイル名に、UTF-8でもShift_JIS（CP932）でも読めないものがあります（例: ${example}）。`,
          'ファイル名を付け直してZIPを作り直してください。',
        ),
      ),
    ...cp932
      .slice(0, 1)
      .map(({ path, example }) =>
        fileFinding(
          'F_ZIP_NAME',
          'info',
          { file: path },
          `${archivesOf(cp932)}ファイル名をShift_JIS（CP932）として読みました（例: ${example}）。`,
          '読み方が正しければ、何もする必要はありません。',
        ),
      ),
  ];
}

function recordEmptyFolders(path: string, names: string[], level: number, opening: Opening): void {
  const filled = new Set<string>();
  for (const name of names)
    if (!name.endsWith('/'))
      for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1))
        filled.add(name.slice(0, at + 1));
  for (const name of names)
    if (name.endsWith('/') && !filled.has(name) && !isJunk(name.split('/')))
      opening.emptyFolders.push(level === 0 ? showPath(name) : `${path}/${showPath(name)}`);
}

export async function collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
