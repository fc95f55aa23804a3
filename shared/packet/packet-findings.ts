import { type Finding, fileFinding, type Severity } from '../findings/finding.ts';
import type { EntryTrouble } from './entry-trouble.ts';
import type { EntryGroup } from './group-entries.ts';
import type { UploadEntry } from './upload-entry.ts';

export interface TroubledEntry {
  entry: UploadEntry;
  trouble: EntryTrouble;
}

/** One finding for each cause; it is on the first file and names up to five. */
export function troubleFindings(troubles: TroubledEntry[]): Finding[] {
  const groups = Map.groupBy(troubles, ({ trouble }) => `${trouble.code} ${trouble.message}`);
  return [...groups.values()].map((same) => {
    const { entry, trouble } = same[0]!;
    const named = same.slice(0, 5).map((t) => t.entry.path);
    const more = same.length > named.length ? ` ほか ${same.length - named.length} 件` : '';
    return fileFinding(
      trouble.code,
      severityOf(trouble),
      { file: entry.path },
      `${named.join('、')}${more}: ${trouble.message}。`,
      trouble.remedy || '対応は不要です。',
    );
  });
}

function severityOf({ code, outcome }: EntryTrouble): Severity {
  if (code === 'F_FILE_DESK_FAULT') return 'review';
  return outcome === 'duplicate' ? 'info' : 'error';
}

/** A packet from a damaged ZIP may lack files that can no longer be listed. */
export function damagedArchives(group: EntryGroup): Finding[] {
  const archives = new Set(group.entries.map((entry) => entry.archive));
  return [...archives].flatMap((archive) =>
    archive?.damage
      ? [
          fileFinding(
            archive.damage.code,
            archive.damage.code === 'F_FILE_DESK_FAULT' ? 'review' : 'warn',
            { file: archive.path },
            `${archive.path} を最後まで読み取れません: ${archive.damage.reason}。「${group.name}」の書類が全部そろっているとは限りません。`,
            archive.damage.remedy ?? 'ZIPを作り直して送り直してください。',
          ),
        ]
      : [],
  );
}

/** A file with the contents of an earlier one. */
export const duplicateFile = (file: string, first: string): Finding =>
  fileFinding(
    'F_FILE_DUPLICATE',
    'info',
    { file },
    `${file} は ${first} と同じ内容のため、一つとして扱いました。`,
    '対応は不要です。',
  );
