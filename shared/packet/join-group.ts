import type { EntryGroup } from './group-entries.ts';
import { entriesOf } from './split-files.ts';
import type { UploadEntry } from './upload-entry.ts';
import type { SplitPacket } from './upload-source.ts';

/** First number of an entry that is stored in the upload of the joined packet: beyond the limit of entries. */
const JOINED = 999_999;

/** Whether an entry is stored in another upload, which alone may take it out. */
export const isJoined = ({ at }: Pick<UploadEntry, 'at'>): boolean => at[0] === JOINED;

/** The group of the packet that is completed: a folder of its upload, or its parts of files of several persons. */
export function baseGroup(
  groups: EntryGroup[],
  { packet, split }: { packet: number; split?: SplitPacket | null },
): EntryGroup {
  if (!split) return groups[packet - 1] ?? { name: '', depth: 0, entries: [] };
  return {
    name: split.name,
    depth: 0,
    entries: entriesOf(
      groups.flatMap(({ entries }) => entries),
      split.files.filter(({ isLost }) => !isLost),
    ),
  };
}

/**
 * A packet completed by an upload: its own files and the new ones, in its folder and under its name. A new file replaces
 * the one of the same name, and those the sender named.
 * @param replaces paths of files of the packet that are replaced
 */
export function joinGroup(base: EntryGroup, added: UploadEntry[], replaces: string[]): EntryGroup {
  const folder = base.entries[0]?.parts.slice(0, base.depth) ?? [];
  const fresh = withOwnNames(added);
  const replaced = new Set(fresh.map(({ name }) => foldName(name)));
  const kept = base.entries.filter(
    ({ path, shown, parts }) =>
      !replaces.includes(shown ?? path) &&
      !replaces.includes(path) &&
      !replaced.has(foldName(parts.at(-1) ?? '')),
  );
  return {
    ...base,
    entries: [
      ...kept.map((entry) => ({ ...entry, at: [JOINED, ...entry.at] })),
      ...fresh.map(({ entry, name }) => ({
        ...entry,
        parts: [...folder, ...name.split('/')],
        path: [...folder, name].join('/'),
      })),
    ],
  };
}

/** The new files by their names; two of one name keep their folders. */
function withOwnNames(added: UploadEntry[]): { entry: UploadEntry; name: string }[] {
  const names = Map.groupBy(added, ({ parts }) => foldName(parts.at(-1) ?? ''));
  return added.map((entry) => {
    const name = entry.parts.at(-1) ?? '';
    return { entry, name: names.get(foldName(name))!.length > 1 ? entry.parts.join('/') : name };
  });
}

const foldName = (name: string): string => name.normalize('NFKC').toLowerCase();
