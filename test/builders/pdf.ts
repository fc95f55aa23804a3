import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';
import PDFDocument from 'pdfkit';
import { assembleLines, type PageText } from '../../shared/documents/pages/page-text.ts';
import type { PacketFile } from '../../shared/packet/packet.ts';

/** Builders of small PDFs: with pdfkit and an embedded font, and by hand with fonts that are only named. */

const FONT = fileURLToPath(
  import.meta.resolve('@expo-google-fonts/biz-udgothic/400Regular/BIZUDGothic_400Regular.ttf'),
);
export const A4 = { width: 595.28, height: 841.89 };

/** A text on a page; y counts from the top. Without x the text goes to the next line of its page. */
export interface Text {
  text: string;
  x?: number;
  y?: number;
  size?: number;
}
type Line = string | Text | Text[];

/** Lines from the top, 20 points apart; an array is one row of a table, its cells at 40, 180, 320, 460 by default. */
export type PageLines = Line[];

const COLUMNS = [40, 180, 320, 460];

/** The position of every text of a page. */
function placed(lines: PageLines): Required<Text>[] {
  let y = 40;
  return lines.flatMap((line) => {
    const row = typeof line === 'string' ? [{ text: line }] : Array.isArray(line) ? line : [line];
    const texts = row.map((each, i) => ({
      text: each.text,
      x: each.x ?? COLUMNS[i] ?? 460,
      y: each.y ?? y,
      size: each.size ?? 10,
    }));
    y = Math.max(...texts.map((each) => each.y)) + 20;
    return texts;
  });
}

/** Cells of one row. */
export const row = (...texts: string[]): Text[] => texts.map((text) => ({ text }));

type Pdfkit = InstanceType<typeof PDFDocument>;

/** A PDF with the font inside, one array of lines for each page. `draw` may add anything pdfkit can do. */
export async function embeddedPdf(
  pages: PageLines[],
  options: PDFKit.PDFDocumentOptions & { draw?: (pdf: Pdfkit, page: number) => void } = {},
): Promise<Uint8Array> {
  const { draw, ...rest } = options;
  const pdf = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false, ...rest });
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve) => pdf.on('end', () => resolve()));
  pdf.registerFont('gothic', FONT);
  for (const [number, lines] of pages.entries()) {
    pdf.addPage();
    for (const { text, x, y, size } of placed(lines))
      pdf.font('gothic').fontSize(size).text(text, x, y, { lineBreak: false });
    draw?.(pdf, number + 1);
  }
  pdf.end();
  await ended;
  return new Uint8Array(Buffer.concat(parts));
}

export type Encoding = '90ms-RKSJ-H' | 'UniJIS-UTF16-H';

/** A PDF written by hand whose Japanese font is named and not embedded, as many offices' software writes them. */
export function plainPdf(
  pages: PageLines[],
  options: { encoding: Encoding; rotate?: 0 | 90 | 180 | 270 },
): Uint8Array {
  const contents = pages.map((lines) =>
    placed(lines)
      .map(
        ({ text, x, y, size }) =>
          `BT /F1 ${size} Tf 1 0 0 1 ${x} ${(A4.height - y - size * 0.88).toFixed(2)} Tm <${encode(text, options.encoding)}> Tj ET`,
      )
      .join('\n'),
  );
  return rawPdf(contents, { font: namedFont(options.encoding), rotate: options.rotate ?? 0 });
}

const encode = (text: string, encoding: Encoding): string =>
  encoding === '90ms-RKSJ-H'
    ? iconv.encode(text, 'cp932').toString('hex')
    : Buffer.from(text, 'utf16le').swap16().toString('hex');

/**
 * A Japanese font that is named and not embedded.
 * @param widths further entries of the font that holds its widths
 */
export const namedFont = (encoding: string, widths = ''): string[] => [
  `<< /Type /Font /Subtype /Type0 /BaseFont /MS-Gothic /Encoding /${encoding} /DescendantFonts [6 0 R] >>`,
  `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /MS-Gothic /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /DW 1000 ${widths} /FontDescriptor 7 0 R >>`,
  '<< /Type /FontDescriptor /FontName /MS-Gothic /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>',
];

/** A font that says which shapes to draw and not which characters they are. */
export const SHAPES_ONLY_FONT = [
  '<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Unknown /Encoding /Identity-H /DescendantFonts [6 0 R] >>',
  '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /ABCDEF+Unknown /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 7 0 R >>',
  '<< /Type /FontDescriptor /FontName /ABCDEF+Unknown /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>',
];

export interface RawOptions {
  /** objects 5, 6 and 7: the font, its descendant, its descriptor */
  font: string[];
  rotate?: number;
  /** entries of every page's dictionary, e.g. `/Annots [20 0 R]` */
  page?: string;
  /** entries of the catalogue, e.g. `/AcroForm …` */
  catalog?: string;
  /** further objects by number, whole */
  objects?: Record<number, string>;
  /** resources beside the font, e.g. `/XObject << /Im0 20 0 R >>` */
  resources?: string;
}

/** A PDF from the contents of its pages. Objects: 1 catalogue, 2 pages, 5–7 font, from 100 the pages. */
export function rawPdf(contents: string[], options: RawOptions): Uint8Array {
  const objects = new Map<number, string>();
  const first = 100;
  objects.set(1, `<< /Type /Catalog /Pages 2 0 R ${options.catalog ?? ''} >>`);
  objects.set(
    2,
    `<< /Type /Pages /Count ${contents.length} /Kids [${contents.map((_, i) => `${first + 2 * i} 0 R`).join(' ')}] >>`,
  );
  for (const [i, font] of options.font.entries()) objects.set(5 + i, font);
  for (const [number, object] of Object.entries(options.objects ?? {})) objects.set(Number(number), object);
  for (const [i, content] of contents.entries()) {
    objects.set(
      first + 2 * i,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${A4.width} ${A4.height}] /Rotate ${options.rotate ?? 0} /Resources << /Font << /F1 5 0 R >> ${options.resources ?? ''} >> /Contents ${first + 2 * i + 1} 0 R ${options.page ?? ''} >>`,
    );
    objects.set(
      first + 2 * i + 1,
      `<< /Length ${Buffer.byteLength(content)} >>\nstream\n${content}\nendstream`,
    );
  }
  let body = '%PDF-1.7\n';
  const offsets = new Map<number, number>();
  for (const [number, object] of [...objects].sort(([a], [b]) => a - b)) {
    offsets.set(number, Buffer.byteLength(body, 'latin1'));
    body += `${number} 0 obj\n${object}\nendobj\n`;
  }
  const start = Buffer.byteLength(body, 'latin1');
  const table = [...offsets]
    .map(([number, at]) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`)
    .join('');
  body += `xref\n0 1\n0000000000 65535 f \n${table}trailer\n<< /Size ${first + 2 * contents.length} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(body, 'latin1'));
}

/** Bytes as a file of a packet. */
export const packetFile = (path: string, bytes: Uint8Array): PacketFile => ({
  path,
  digest: createHash('sha256').update(bytes).digest('hex'),
  size: bytes.length,
  read: async () => bytes,
});

/** The same lines as a page already read, for tests of forms that need no PDF. Letters are square. */
export function asPages(...pages: PageLines[]): PageText[] {
  return pages.map((lines, i) => ({
    page: i + 1,
    ...A4,
    hasImages: false,
    lines: assembleLines(
      placed(lines).map(({ text, x, y, size }) => ({
        text,
        x,
        baseline: y + size * 0.88,
        width: [...text].reduce((sum, letter) => sum + (/[ -~]/.test(letter) ? size / 2 : size), 0),
        size,
        angle: 0,
      })),
      A4,
    ),
  }));
}
