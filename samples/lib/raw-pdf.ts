import iconv from 'iconv-lite';
import type { Mark, Page } from './page.ts';
import { scanPage, type Wear } from './scan.ts';

/** PDFs written object by object: fonts that are not embedded, and pages that are only a picture. */

/** 1-based objects; object `i` is written as `i 0 obj`. */
export function writePdf(objects: (string | Buffer)[], title: string): Uint8Array {
  const chunks: Buffer[] = [Buffer.from('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let position = chunks[0]!.length;
  const push = (chunk: Buffer): void => {
    chunks.push(chunk);
    position += chunk.length;
  };
  const all = [
    ...objects,
    `<< /Title ${utf16(title)} /Producer (sample) /CreationDate (D:20241001000000Z) >>`,
  ];
  all.forEach((body, i) => {
    offsets.push(position);
    push(Buffer.from(`${i + 1} 0 obj\n`, 'latin1'));
    push(typeof body === 'string' ? Buffer.from(body, 'latin1') : body);
    push(Buffer.from('\nendobj\n', 'latin1'));
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  push(
    Buffer.from(
      `xref\n0 ${all.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${all.length + 1} /Root 1 0 R /Info ${all.length} 0 R >>\nstartxref\n${position}\n%%EOF\n`,
      'latin1',
    ),
  );
  return Buffer.concat(chunks);
}

export const stream = (dictionary: string, body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`<< ${dictionary} /Length ${body.length} >>\nstream\n`, 'latin1'),
    body,
    Buffer.from('\nendstream', 'latin1'),
  ]);

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
export const utf16 = (text: string): string => `<FEFF${utf16be(text).toString('hex')}>`;

/** Encodings that care software still writes: CP932 bytes or UTF-16, which need a CMap of the reader. */
export type CidEncoding = '90ms-RKSJ-H' | 'UniJIS-UTF16-H';
export const ENCODE: Record<CidEncoding, (text: string) => Buffer> = {
  '90ms-RKSJ-H': (text) => iconv.encode(text, 'cp932'),
  'UniJIS-UTF16-H': utf16be,
};
/** CIDs of half width: 1–230 proportional Latin, 231–632 half-width Latin and kana. */
export const WIDTHS = '[1 230 500 231 632 500]';

/** A born-digital PDF that names ＭＳ ゴシック and embeds nothing. */
export function cidPdf(pages: Page[], title: string, encoding: CidEncoding): Uint8Array {
  const FIRST_PAGE = 7;
  const kids = pages.map((_, i) => `${FIRST_PAGE + i * 2} 0 R`).join(' ');
  const objects: (string | Buffer)[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    `<< /Type /Font /Subtype /Type0 /BaseFont /MS-Gothic /Encoding /${encoding} /DescendantFonts [4 0 R] >>`,
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /MS-Gothic /CIDSystemInfo 6 0 R /FontDescriptor 5 0 R /DW 1000 /W ${WIDTHS} >>`,
    '<< /Type /FontDescriptor /FontName /MS-Gothic /Flags 5 /FontBBox [0 -137 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 769 /StemV 78 >>',
    '<< /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >>',
  ];
  pages.forEach((page, i) => {
    const contents = FIRST_PAGE + i * 2 + 1;
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${contents} 0 R >>`,
      stream(
        '',
        Buffer.from(page.marks.map((m) => operators(m, page.height, ENCODE[encoding])).join('\n'), 'latin1'),
      ),
    );
  });
  return writePdf(objects, title);
}

export const n = (value: number): string => value.toFixed(2);

export function operators(mark: Mark, height: number, encode: (text: string) => Buffer): string {
  const y = (fromTop: number): string => n(height - fromTop);
  if (mark.kind === 'text')
    return `BT /F1 ${n(mark.size)} Tf 1 0 0 1 ${n(mark.x)} ${y(mark.y + mark.size * 0.88)} Tm <${encode(mark.text).toString('hex')}> Tj ET`;
  if (mark.kind === 'line')
    return `${mark.width} w ${n(mark.x1)} ${y(mark.y1)} m ${n(mark.x2)} ${y(mark.y2)} l S`;
  if (mark.kind === 'rect') {
    const box = `${n(mark.x)} ${y(mark.y + mark.h)} ${n(mark.w)} ${n(mark.h)} re`;
    const fill = mark.fill === null ? '' : `q ${mark.fill} g ${box} f Q `;
    return `${fill}${mark.width} w ${box} S`;
  }
  const points = Array.from({ length: 13 }, (_, i) => (i * Math.PI) / 6).map(
    (angle) => `${n(mark.x + mark.r * Math.cos(angle))} ${y(mark.y + mark.r * Math.sin(angle))}`,
  );
  return `${mark.width} w ${points.map((point, i) => `${point} ${i === 0 ? 'm' : 'l'}`).join(' ')} S`;
}

/** A PDF whose pages are black-and-white pictures: no characters, as from a copying machine. */
export function scannedPdf(pages: Page[], title: string, dpi = 150, wear?: Wear): Uint8Array {
  const FIRST_PAGE = 3;
  const kids = pages.map((_, i) => `${FIRST_PAGE + i * 3} 0 R`).join(' ');
  const objects: (string | Buffer)[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
  ];
  pages.forEach((page, i) => {
    const id = FIRST_PAGE + i * 3;
    const { width, height, bits } = scanPage(page, dpi, wear);
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Resources << /XObject << /Im1 ${id + 2} 0 R >> >> /Contents ${id + 1} 0 R >>`,
      stream('', Buffer.from(`q ${page.width} 0 0 ${page.height} 0 0 cm /Im1 Do Q`, 'latin1')),
      stream(
        `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 1`,
        Buffer.from(bits),
      ),
    );
  });
  return writePdf(objects, title);
}
