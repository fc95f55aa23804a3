import { printable } from '../text/printable.ts';
import { isStandardCsvName } from './standard-csv-name.ts';
import type { UploadEntry } from './upload-entry.ts';

/** The files of one packet-to-be. */
export interface EntryGroup {
  name: string;
  /** how many leading parts of `entry.parts` name the packet's own folder */
  depth: number;
  entries: UploadEntry[];
}

interface Folder {
  name: string;
  depth: number;
  files: UploadEntry[];
  folders: Map<string, Folder>;
}

/**
 * Which folders of an upload are packets (one person's documents for one event):
 *
 * 1. A folder that is alone on its level is opened, again and again (`2024-07/見本花子/…` in one ZIP).
 * 2. That level is ONE packet with everything below it when it holds packet.json or a CSV of the standard, or files and
 *    at most one folder, or nothing but document folders (`計画書/`, `経過記録/`, `PDF/` …).
 * 3. Otherwise each folder on it is a packet with everything below it. A folder that holds only folders is a step on the
 *    way (office / month / person), and so is one whose folders are packets of their own (packet.json or CSV inside).
 * 4. Files that lie beside several such folders are a packet of their own, named after their level.
 *
 * The order is that of the upload. Junk goes with the packet whose folder contains it, else with the first.
 */
export function groupEntries(entries: UploadEntry[], uploadName: string): EntryGroup[] {
  const root = folderTree(entries.filter((entry) => !entry.isJunk));
  let level = root;
  for (let only = onlyFolder(level); only; only = onlyFolder(level)) level = only;

  const name = level === root ? uploadName : level.name;
  const groups =
    isPacketFolder(level) || personFolders(level).length <= 1
      ? whole(level, name)
      : [...own(level, name), ...personFolders(level).flatMap((folder) => collect(folder, folder.name))];

  const order = new Map(entries.map((entry, i) => [entry, i]));
  const first = (group: EntryGroup): number =>
    Math.min(...group.entries.slice(0, 1).map((e) => order.get(e) ?? 0));
  const sorted = groups.filter((group) => group.entries.length > 0).sort((a, b) => first(a) - first(b));
  placeJunk(sorted, entries);
  return sorted.map((group) => ({ ...group, name: printable(group.name) }));
}

/** Rules 3 and 4 below the first level. */
function collect(folder: Folder, name: string): EntryGroup[] {
  const persons = personFolders(folder);
  const goesDown =
    persons.length > 0 &&
    !isPacketFolder(folder) &&
    (ownFiles(folder).length === 0 || persons.filter(holdsPacket).length >= 2);
  if (!goesDown) return whole(folder, name);
  return [...own(folder, name), ...persons.flatMap((person) => collect(person, `${name}/${person.name}`))];
}

function folderTree(entries: UploadEntry[]): Folder {
  const root: Folder = { name: '', depth: 0, files: [], folders: new Map() };
  for (const entry of entries) {
    let folder = root;
    for (const part of entry.parts.slice(0, -1)) {
      let next = folder.folders.get(part);
      if (!next) {
        next = { name: part, depth: folder.depth + 1, files: [], folders: new Map() };
        folder.folders.set(part, next);
      }
      folder = next;
    }
    folder.files.push(entry);
  }
  return root;
}

const onlyFolder = (folder: Folder): Folder | null =>
  folder.files.length === 0 && folder.folders.size === 1 ? ([...folder.folders.values()][0] ?? null) : null;

const fileName = (entry: UploadEntry): string => entry.parts.at(-1) ?? '';
const isPacketFolder = (folder: Folder): boolean =>
  folder.files.some((file) => fileName(file) === 'packet.json' || isStandardCsvName(fileName(file)));
const holdsPacket = (folder: Folder): boolean =>
  isPacketFolder(folder) || [...folder.folders.values()].some(holdsPacket);

/** Words of the folders people sort documents into; a folder named by them alone is no person (`02_経過記録`, `PDF`). */
const DOCUMENT_WORDS =
  /介護|予防|支援|サービス|居宅|利用者|基本情報|計画|ケアプラン|経過|記録|評価|利用|提供|別|予定|実績|アセスメント|フェ[イー]スシート|課題分析|プラン|保険証|前回|今回|前月|当月|先月|今月|最新|原本|控え?|届出|契約|重要事項|説明|同意|基本|チェックリスト|モニタリング|担当者会議|会議|被保険者証|負担割合証|csv|pdf|jpe?g|png|画像|写真|スキャン|scan|添付|資料|書類|その他|送付|書|票|表|類|等|一式|ファイル|データ/gi;
/** What a file's name says beside form, number and date: of two letters or more it may be a person's name. */
export function personWord(name: string): string {
  const stem = name
    .replace(/\.[^.]*$/, '')
    .normalize('NFKC')
    .replace(DOCUMENT_WORDS, '');
  const word = stem.replace(/[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/gu, '');
  return word.length >= 2 ? word : '';
}
export function isDocumentFolderName(name: string): boolean {
  const plain = withoutMonth(name.normalize('NFKC'));
  const rest = plain.replace(DOCUMENT_WORDS, '');
  return rest !== plain && /^[\d\s._\-・、のと()]*$/.test(rest);
}

/** 「R6.3」, 「令和6年3月分」, 「2024-06」, 「3月」 in the name of a folder. */
const MONTH =
  /(?:(?:令和|平成|[RH])\s?[\d元]{1,2}(?:年度?|[./-])\s?(?:\d{1,2}月?(?:\d{1,2}日)?)?|20\d{2}[年./_-]?\d{1,2}月?|(?<!\d)\d{1,2}月)分?/gi;
const withoutMonth = (plain: string): string => plain.replace(MONTH, '');
const isMonth = (name: string): boolean => {
  const plain = name.normalize('NFKC');
  const rest = withoutMonth(plain);
  return rest !== plain && /^[\d\s._\-()]*$/.test(rest);
};

/**
 * A folder of documents by its name; also the only one named by a month beside files of its own level, which holds files
 * alone: the papers of this month. Several of them are months of their own.
 */
function documentFolders(folder: Folder): Folder[] {
  const all = [...folder.folders.values()];
  const months = all.filter(({ name, folders }) => isMonth(name) && folders.size === 0);
  const own = months.length === 1 && folder.files.length > 0 && folder.depth > 0 ? months : [];
  return all.filter((sub) => isDocumentFolderName(sub.name) || own.includes(sub));
}
const personFolders = (folder: Folder): Folder[] => {
  const documents = documentFolders(folder);
  return [...folder.folders.values()].filter((sub) => !documents.includes(sub));
};

const allFiles = (folder: Folder): UploadEntry[] => [
  ...folder.files,
  ...[...folder.folders.values()].flatMap(allFiles),
];
const ownFiles = (folder: Folder): UploadEntry[] => [
  ...folder.files,
  ...documentFolders(folder).flatMap(allFiles),
];
const whole = (folder: Folder, name: string): EntryGroup[] => [
  { name, depth: folder.depth, entries: allFiles(folder) },
];
const own = (folder: Folder, name: string): EntryGroup[] => [
  { name, depth: folder.depth, entries: ownFiles(folder) },
];

function placeJunk(groups: EntryGroup[], entries: UploadEntry[]): void {
  const junk = entries.filter((entry) => entry.isJunk);
  if (junk.length === 0) return;
  const byFolder = new Map<string, EntryGroup>();
  for (const group of groups)
    for (const entry of group.entries) byFolder.set(entry.parts.slice(0, -1).join('/'), group);
  for (const entry of junk) {
    const folder = entry.parts.slice(0, -1).filter((part) => part !== '__MACOSX');
    let home: EntryGroup | undefined;
    for (let n = folder.length; n >= 0 && !home; n--) home = byFolder.get(folder.slice(0, n).join('/'));
    (home ?? groups[0])?.entries.push(entry);
  }
}
