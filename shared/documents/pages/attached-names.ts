import type { PDFDocumentProxy } from 'pdfjs-dist';
import { fromEngine } from '../unreadable-file.ts';

/**
 * Names of the files that travel inside a PDF: those of a portfolio, attached to the document, or pinned to a page. Asked
 * of the engine: the words by which a search would find them are optional, and may be compressed.
 * @param range pages on which pinned files are looked for; those of the document are given with its first page
 */
export async function attachedNames(
  pdf: PDFDocumentProxy,
  { from, to }: { from: number; to: number },
): Promise<string[]> {
  const names = from === 1 ? await filesOfDocument(pdf) : [];
  for (let number = from; number <= to; number++) {
    const page = await pageOrNull(pdf, number);
    const notes = (await page?.getAnnotations({ intent: 'display' }).catch(() => [])) as Note[] | undefined;
    for (const { subtype, file } of notes ?? [])
      if (subtype === 'FileAttachment') names.push(file?.filename ?? '');
    page?.cleanup();
  }
  return [...new Set(names)];
}

async function filesOfDocument(pdf: PDFDocumentProxy): Promise<string[]> {
  const attached = (await fromEngine(() => pdf.getAttachments())) as Record<string, Attached> | null;
  return Object.values(attached ?? {}).map(({ filename }) => filename);
}

interface Attached {
  filename: string;
}
interface Note {
  subtype: string;
  file?: Attached;
}

/** A page that cannot be opened is reported by the reader of its text. */
const pageOrNull = (pdf: PDFDocumentProxy, number: number) => pdf.getPage(number).catch(() => null);
