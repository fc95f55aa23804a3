import { fontFile } from './fonts.ts';

export type PdfSheet = PDFKit.PDFDocument;

/**
 * A PDF to draw on, with the fonts 'regular' and 'bold', and what ends it and gives its bytes.
 * The drawing library is loaded with the first PDF: most starts of a function draw nothing.
 */
export async function newPdf(
  options: PDFKit.PDFDocumentOptions,
): Promise<{ doc: PdfSheet; end: () => Promise<Uint8Array> }> {
  const { default: PDFDocument } = await import('pdfkit');
  // The default is a font of the standard fourteen, whose tables no deployed function has.
  const doc = new PDFDocument({ ...options, font: null as unknown as string });
  doc.registerFont('regular', fontFile('regular'));
  doc.registerFont('bold', fontFile('bold'));
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const isDone = new Promise<void>((resolve) => doc.once('end', resolve));
  const end = async (): Promise<Uint8Array> => {
    doc.end();
    await isDone;
    return Buffer.concat(chunks);
  };
  return { doc, end };
}
