import type { EntryGroup } from './group-entries.ts';

const COVER = 'packet.json';

/**
 * Where the 送付票 of a packet is in its upload: the one that counts first, else in the packet's own folder. Null where it would
 * reach other packets, or where nothing can be added: in an archive within the upload, or a folder whose name is masked.
 */
export function coverPath(group: EntryGroup, groups: readonly EntryGroup[]): string | null {
  const own = group.entries.filter(({ isJunk }) => !isJunk);
  const folder = own[0]?.parts.slice(0, group.depth) ?? [];
  const isInside = ({ parts }: { parts: string[] }): boolean =>
    folder.every((part, level) => parts[level] === part);
  const isShared = groups.some((other) => other !== group && other.entries.some(isInside));
  if (own.length === 0 || isShared || own.some(({ at, isNumbered }) => at.length > 1 || isNumbered))
    return null;
  const covers = own.filter(({ parts }) => parts.at(-1)!.toLowerCase() === COVER);
  const innermost = covers.toSorted((a, b) => b.parts.length - a.parts.length)[0];
  return innermost?.path ?? [...folder, COVER].join('/');
}
