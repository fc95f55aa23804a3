import {
  type CorrectionSet,
  correctedNames,
  correctionSets,
  isCorrectedFile,
  PLACES,
  setOf,
} from '../../../shared/vocabulary/correction.ts';
import type { DroppedFile } from './dropped-files.ts';

/**
 * One upload: a ZIP as it was dropped, or files that are packed into one. `joins`: the packet the files complete;
 * `refusal`: why nothing of it can be sent.
 */
export type PlannedUpload =
  | { name: string; zip: File; joins?: never; refusal?: never }
  | { name: string; files: DroppedFile[]; joins?: string; refusal?: string };

/** What files become: each correction packet among them joins its own packet, the others are uploads of their own. */
export function planFiles(files: readonly DroppedFile[]): PlannedUpload[] {
  const sets = correctionSets(files.map(({ path }) => path));
  const bySet = Map.groupBy(files, ({ path }) => setOf(sets, path));
  return [
    ...sets.map((set) => planCorrection(set, bySet.get(set) ?? [])),
    ...planUploads(bySet.get(null) ?? []),
  ];
}

/** Corrected files of one packet, without the folders of the correction packet. */
function planCorrection(set: CorrectionSet, files: readonly DroppedFile[]): PlannedUpload {
  const corrected = files.filter(({ path }) => isCorrectedFile(path) && !isHidden(path));
  const name = `${set.folder.split('/').at(-2) ?? '補正'}.zip`;
  return corrected.length > 0
    ? { name, joins: set.packet_id, files: withDistinctNames(corrected) }
    : { name, files: [], refusal: NOTHING_CORRECTED };
}

const NOTHING_CORRECTED = `補正セットに、直した書類が入っていません。「${PLACES}」に書類を入れてから、もう一度置いてください。`;
const isHidden = (path: string): boolean => path.split('/').some((part) => part.startsWith('.'));

function withDistinctNames(files: DroppedFile[]): DroppedFile[] {
  const names = correctedNames(files.map(({ path }) => path));
  return files.map(({ file }, n) => ({ path: names[n]!, file }));
}

/**
 * What one drop becomes. A ZIP is sent as it is. Folders go into one ZIP, in which each folder is a person's packet; a
 * single folder is packed as the verb `submit` packs it, its own name left out. Loose files together are one packet.
 */
export function planUploads(dropped: readonly DroppedFile[]): PlannedUpload[] {
  const visible = dropped.filter(({ path }) => !isHidden(path));
  const isLoose = ({ path }: DroppedFile): boolean => !path.includes('/');
  const zips = visible.filter((one) => isLoose(one) && isZip(one.path));
  const loose = visible.filter((one) => isLoose(one) && !isZip(one.path));
  const inFolders = visible.filter((one) => !isLoose(one));
  return [
    ...zips.map(({ path, file }) => ({ name: path, zip: file })),
    ...(inFolders.length > 0 ? [planFolders(inFolders)] : []),
    ...(loose.length > 0 ? [{ name: looseName(loose), files: loose }] : []),
  ];
}

const isZip = (path: string): boolean => /\.zip$/i.test(path);

function planFolders(files: DroppedFile[]): PlannedUpload {
  const folders = [...new Set(files.map(({ path }) => path.split('/')[0]!))];
  const [first = ''] = folders;
  if (folders.length > 1) return { name: `${first}ほか${folders.length - 1}件.zip`, files };
  const inside = files.map(({ path, file }) => ({ path: path.slice(first.length + 1), file }));
  return { name: `${first}.zip`, files: inside };
}

function looseName([first, ...others]: DroppedFile[]): string {
  const stem = first!.path.replace(/\.[^.]+$/, '');
  return others.length > 0 ? `${stem}ほか${others.length}件.zip` : `${stem}.zip`;
}

/** A file of a drop whose packet no one named: it is asked for, and never judged as a month of its own by guess. */
export const isLoneFile = (upload: PlannedUpload): boolean =>
  'files' in upload && !upload.joins && upload.files.length === 1 && !upload.files[0]!.path.includes('/');
