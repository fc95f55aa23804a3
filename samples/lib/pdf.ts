import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Mark, Page } from './page.ts';

/** The creation time in every sample: the same source must give the same bytes. */
const MADE = new Date(Date.UTC(2024, 9, 1));

type Weight = '400Regular' | '700Bold';

/** The parts of a parsed font that the samples use. */
export interface ParsedFont {
  unitsPerEm: number;
  ascent: number;
  glyphForCodePoint(codePoint: number): { path: { commands: { command: string; args: number[] }[] } };
}

const require = createRequire(import.meta.url);
const parsed = new Map<Weight, ParsedFont>();

/** BIZ UDGothic, parsed once: 4 MB for each of a hundred PDFs would cost most of the time. */
export function parsedFont(weight: Weight = '400Regular'): ParsedFont {
  const known = parsed.get(weight);
  if (known) return known;
  const file = require.resolve(`@expo-google-fonts/biz-udgothic/${weight}/BIZUDGothic_${weight}.ttf`);
  const holder = new PDFDocument({ autoFirstPage: false }).font(file) as unknown as {
    _font: { font: ParsedFont };
  };
  parsed.set(weight, holder._font.font);
  return holder._font.font;
}

/**
 * A born-digital PDF with the used glyphs of BIZ UDGothic embedded.
 * Not compressed, because deflate may differ between machines; the ZIP around it is compressed.
 */
export async function embeddedPdf(pages: Page[], title: string): Promise<Uint8Array> {
  const doc = new PDFDocument({
    autoFirstPage: false,
    compress: false,
    info: { Title: title, Producer: 'sample', Creator: 'sample', CreationDate: MADE, ModDate: MADE },
  });
  const bytes = collect(doc);
  // pdfkit accepts a parsed font as well as a file; its types declare the file only
  doc.registerFont('regular', parsedFont() as unknown as string);
  doc.registerFont('bold', parsedFont('700Bold') as unknown as string);
  for (const page of pages) {
    doc.addPage({ size: [page.width, page.height], margin: 0 });
    for (const mark of page.marks) draw(doc, mark);
  }
  doc.end();
  return bytes;
}

function draw(doc: PDFKit.PDFDocument, mark: Mark): void {
  if (mark.kind === 'text') {
    doc
      .fillColor('black')
      .font(mark.bold ? 'bold' : 'regular')
      .fontSize(mark.size);
    doc.text(mark.text, mark.x, mark.y, { lineBreak: false });
    return;
  }
  doc.lineWidth(mark.width);
  if (mark.kind === 'line') doc.moveTo(mark.x1, mark.y1).lineTo(mark.x2, mark.y2).stroke('black');
  else if (mark.kind === 'circle') doc.circle(mark.x, mark.y, mark.r).stroke('black');
  else {
    if (mark.fill !== null) {
      const grey = Math.round(mark.fill * 255);
      doc.rect(mark.x, mark.y, mark.w, mark.h).fill([grey, grey, grey]);
    }
    doc.rect(mark.x, mark.y, mark.w, mark.h).stroke('black');
  }
}

async function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of doc) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
