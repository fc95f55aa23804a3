import type { OfficeKind } from '../../packet/office-kind.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import type { OfficeFile } from './office-file.ts';
import { checkOfficeZip, unpackParts } from './office-parts.ts';

/**
 * Opens an Office file. The libraries are loaded with the first one.
 * @throws UnreadableFile with the reason in Japanese
 */
export async function openOffice(bytes: Uint8Array, kind: OfficeKind): Promise<OfficeFile> {
  await checkOfficeZip(bytes);
  if (kind === 'word') return (await import('./read-word.ts')).readWord(bytes);
  return (await import('./read-sheet.ts')).readSheet(bytes);
}

/**
 * The bytes of a picture inside, by the page it counts as.
 * @throws UnreadableFile where it does not exist
 */
export async function officePicture(bytes: Uint8Array, kind: OfficeKind, page: number): Promise<Uint8Array> {
  const { pages, pictures } = await openOffice(bytes, kind);
  const part = pictures[page - pages.length - 1]?.part;
  const found = part === undefined ? undefined : unpackParts(bytes, exactly(part))[part];
  if (!found) throw new UnreadableFile('画像を開けません');
  return found;
}

const exactly = (name: string): RegExp => new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
