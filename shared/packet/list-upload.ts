import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Finding } from '../findings/finding.ts';
import { containerKind } from './containers/container-kind.ts';
import { describeFile, type FileType, fileType, isCsv, PICTURES } from './file-type.ts';
import { folderDigest } from './folder-digest.ts';
import { foreignFile, SPLIT_ZIP } from './foreign-file.ts';
import { listArchive, openNested } from './list-archive.ts';
import { fileBytes, listFiles, listFolder } from './list-folder.ts';
import { isOfficeHead } from './office-kind.ts';
import { type Opening, positionKey } from './opening.ts';
import type { UploadEntry } from './upload-entry.ts';
import { damagedZip, emptyUpload, emptyZip, foreignUpload, notZip, tooManyFiles } from './upload-findings.ts';
import type { UploadSource } from './upload-source.ts';
import { REMOVED } from './withdrawn.ts';
import { type ByteSource, fileSource } from './zip/byte-source.ts';
import { isLastOfSplit, isZip } from './zip/split-zip.ts';
import { mostUnpacked } from './zip/unpack-entry.ts';
import type { NameDecoding } from './zip/zip-names.ts';

export interface ListedUpload {
  entries: UploadEntry[];
  /** entries of an upload that is refused as a whole: no packet is made of them */
  refused: number;
  names: NameDecoding;
  /** sha256, hex */
  digest: string;
}

/** Lists the entries of an upload. What is wrong with the upload as a whole becomes a finding of the opening. */
export const listUpload = (source: UploadSource, opening: Opening): Promise<ListedUpload> =>
  'file' in source ? listZipUpload(source, opening) : listFolderUpload(source, opening);

async function listZipUpload(
  source: { name: string; file: string },
  opening: Opening,
): Promise<ListedUpload> {
  const { name } = source;
  const bytes = await fileSource(source.file);
  const digest = await fileDigest(source.file);
  const refuse = (finding: Finding, names: NameDecoding = 'ascii'): ListedUpload => {
    opening.findings.push(finding);
    return { entries: [], refused: opening.files, names, digest };
  };
  const head = await bytes.read(0, 1024);
  const lone = loneFile(name, head, opening, (counted) => fileBytes(source.file, opening, counted));
  if (lone) {
    lone.stored = () => createReadStream(source.file);
    return { entries: await openLone(lone, head, bytes, opening), refused: 0, names: 'ascii', digest };
  }
  if (bytes.size === 0) return refuse(emptyUpload(name));
  if (await isLastOfSplit(bytes)) return refuse(foreignUpload(name, SPLIT_ZIP));
  const foreign = foreignFile(name, head);
  if (foreign && !isZip(head)) return refuse(foreignUpload(name, foreign));
  if (!isZip(head)) return refuse(notZip(name, describeFile(head)));

  opening.count.most = mostUnpacked(opening.limits, bytes.size);
  const zip = { load: async () => bytes, path: name, parents: [], level: 0, position: [] };
  const { entries, names, damage } = await listArchive(zip, opening);
  if (damage) opening.findings.push(damagedZip(name, damage, entries.length));
  if (entries.some((entry) => entry.path === '[Content_Types].xml'))
    return refuse(notZip(name, 'Excel・Word・PowerPointのファイル'));
  if (opening.files > opening.limits.files) return refuse(tooManyFiles(name, opening.limits));
  if (!damage && entries.every((entry) => entry.isJunk)) return refuse(emptyZip(name), names);
  return { entries, refused: 0, names, digest };
}

/** One document sent as it is: a PDF, an Office file, a picture or a CSV is an upload of one file, also after it was taken out. */
export function loneFile(
  name: string,
  head: Buffer,
  opening: Opening,
  bytes: UploadEntry['bytes'],
): UploadEntry | null {
  const isRemoved = head.toString('latin1') === REMOVED;
  const withdrawn = isRemoved ? opening.withdrawn.get(positionKey([0])) : undefined;
  if (!withdrawn && !isDocument(name, head)) return null;
  opening.files = 1;
  return {
    ...{ at: [0], path: name, parts: [name], archive: null, trouble: null, isJunk: false },
    ...(withdrawn && { withdrawn }),
    bytes,
  };
}

/** A mail or an archive that was sent as it is holds its files as one inside a ZIP would. */
export async function openLone(
  lone: UploadEntry,
  head: Buffer,
  bytes: ByteSource,
  opening: Opening,
): Promise<UploadEntry[]> {
  const isContainer = !lone.withdrawn && containerKind(lone.path, head);
  const entries = isContainer ? await openNested(lone, opening, 1, bytes) : [lone];
  // The same file under another name is the same packet.
  return entries.map((entry) => ({ ...entry, placeWithin: entry.path.slice(lone.path.length) }));
}

const isDocument = (name: string, head: Buffer): boolean => {
  if (containerKind(name, head)) return true;
  if (isOfficeHead(head)) return !/\.zip$/i.test(name);
  const type = fileType(head);
  return type === null ? isCsv(name, head) : DOCUMENTS.has(type);
};
const DOCUMENTS: ReadonlySet<FileType> = new Set<FileType>(['pdf', ...PICTURES]);

async function listFolderUpload(
  source: Exclude<UploadSource, { file: string }>,
  opening: Opening,
): Promise<ListedUpload> {
  const entries =
    'folder' in source ? await listFolder(source.folder, opening) : await listFiles(source.files, opening);
  const digest = await folderDigest(entries);
  if (opening.files > opening.limits.files) {
    opening.findings.push(tooManyFiles(source.name, opening.limits));
    return { entries: [], refused: entries.length, names: 'file-system', digest };
  }
  if (entries.every((entry) => entry.isJunk)) opening.findings.push(emptyZip(source.name));
  return { entries, refused: 0, names: 'file-system', digest };
}

async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
