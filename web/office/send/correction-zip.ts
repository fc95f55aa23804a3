import { correctionSets } from '../../../shared/vocabulary/correction.ts';
import { type PlannedUpload, planFiles } from './plan-uploads.ts';
import { listZip, unpackZip } from './zip-files.ts';

/** What a ZIP with correction packets becomes; null for another ZIP, or one that cannot be read here. */
export async function correctionsIn(zip: File): Promise<PlannedUpload[] | null> {
  const entries = await listZip(zip);
  if (correctionSets(entries.map(({ filename }) => filename)).length === 0) return null;
  const { files, troubles } = await unpackZip(entries);
  // In part it would be taken for the whole correction.
  if (troubles.length > 0) return [{ name: zip.name, files: [], refusal: refusalText(troubles) }];
  const planned = planFiles(files);
  return planned.length === 1 ? [{ ...planned[0]!, name: zip.name }] : planned;
}

const refusalText = (troubles: string[]): string =>
  [
    '補正セットから取り出せないファイルがあります。',
    ...troubles,
    'パスワードを付けずにZIPを作り直すか、ZIPにせずフォルダーのまま置いてください。',
  ].join('');
