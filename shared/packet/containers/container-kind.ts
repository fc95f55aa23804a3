import { fileType } from '../file-type.ts';

/** A file that holds other files and is no ZIP. */
export type ContainerKind = 'mail' | 'outlook' | 'archive';

const NAMES: [RegExp, ContainerKind][] = [
  [/\.eml$/i, 'mail'],
  [/\.msg$/i, 'outlook'],
];

/** What a file holds others as, by its name and its first bytes; null: it is a file of its own, or a ZIP. */
export function containerKind(path: string, head: Uint8Array): ContainerKind | null {
  const type = fileType(head);
  if (type === '7z' || type === 'lzh' || type === 'rar') return 'archive';
  const kind = NAMES.find(([name]) => name.test(path))?.[1] ?? null;
  if (kind === 'outlook') return type === 'ole' ? kind : null;
  return kind === 'mail' && type === null && !head.includes(0) ? kind : null;
}

/** The name without what says that it holds files: the folder that its files are shown in. */
export const withoutExtension = (name: string): string =>
  name.replace(/\.(?:zip|zi_|7z|lzh|lha|rar|eml|msg)$/i, '');

/** Names of documents, which are no containers whatever they hold: they need not be looked into to be listed. */
const DOCUMENT =
  /\.(?:csv|json|pdf|jpe?g|png|tiff?|gif|bmp|webp|hei[cf]|xls[xmb]?|docx?|docm|pptx?|ods|odt|txt|icloud|lnk|xdw|xbd)$/i;

export const mayHoldFiles = (name: string): boolean => !DOCUMENT.test(name);
