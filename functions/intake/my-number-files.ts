import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { isJoined } from '../../shared/packet/join-group.ts';
import type { OpenedUpload } from '../../shared/packet/open-upload.ts';
import type { WithdrawnFile, WithdrawnReading } from '../../shared/packet/withdrawn.ts';

/** Files with a 個人番号, by the sha256 of their bytes, and how they were read. */
export type FilesWithMyNumber = Map<string, WithdrawnReading>;

export function addFilesWithMyNumber(files: FilesWithMyNumber, { withdrawn = [] }: PacketVerdict): void {
  for (const { digest, ...reading } of withdrawn) files.set(digest, reading);
}

/** The entries of an upload to remove: files with the number in their content or name. */
export async function entriesToRedact(
  opened: OpenedUpload,
  files: FilesWithMyNumber,
): Promise<WithdrawnFile[]> {
  const found: WithdrawnFile[] = [];
  for await (const { entries = [] } of opened.packets())
    for (const { at, digest, size, isNumbered } of entries.filter((entry) => !isJoined(entry))) {
      const read = digest === null ? null : (files.get(digest) ?? null);
      if (isNumbered || read) found.push({ at, digest: isNumbered ? null : digest, size, read });
    }
  return found;
}
