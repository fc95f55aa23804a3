import type { Mark, Page } from '../lib/page.ts';
import { ENCODE, n, operators, stream, utf16, WIDTHS, writePdf } from '../lib/raw-pdf.ts';

/**
 * A form filled in on the screen: printed text is page content, the text of an unshaded cell is the value of a text
 * field (AcroForm) without an appearance stream, as programs write it with NeedAppearances.
 */
export function acroFormPdf(pages: Page[], title: string): Uint8Array {
  const encode = ENCODE['UniJIS-UTF16-H'];
  const split = pages.map(splitPage);
  const FIRST = 7;
  let next = FIRST;
  const places = split.map(({ fields }) => {
    const page = next;
    next += 2 + fields.length;
    return { page, firstField: page + 2 };
  });
  const allFields = split.flatMap(({ fields }, i) => fields.map((_, j) => places[i]!.firstField + j));
  const objects: (string | Buffer)[] = [
    `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${allFields.map(ref).join(' ')}] /NeedAppearances true /DR << /Font << /F1 3 0 R >> >> /DA (/F1 8 Tf 0 g) >> >>`,
    `<< /Type /Pages /Kids [${places.map((p) => ref(p.page)).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /MS-Gothic /Encoding /UniJIS-UTF16-H /DescendantFonts [4 0 R] >>',
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /MS-Gothic /CIDSystemInfo 6 0 R /FontDescriptor 5 0 R /DW 1000 /W ${WIDTHS} >>`,
    '<< /Type /FontDescriptor /FontName /MS-Gothic /Flags 5 /FontBBox [0 -137 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 769 /StemV 78 >>',
    '<< /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >>',
  ];
  split.forEach(({ printed, fields }, i) => {
    const page = pages[i]!;
    const { page: id, firstField } = places[i]!;
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${id + 1} 0 R /Annots [${fields.map((_, j) => ref(firstField + j)).join(' ')}] >>`,
      stream('', Buffer.from(printed.map((m) => operators(m, page.height, encode)).join('\n'), 'latin1')),
      ...fields.map(
        (f, j) =>
          `<< /Type /Annot /Subtype /Widget /FT /Tx /T (p${i}f${j}) /V ${utf16(f.text)} /DA (/F1 ${n(f.size)} Tf 0 g) /Ff ${f.text.includes('\n') ? 4096 : 0} /F 4 /Rect [${n(f.x)} ${n(page.height - f.y - f.h)} ${n(f.x + f.w)} ${n(page.height - f.y)}] /P ${ref(id)} >>`,
      ),
    );
  });
  return writePdf(objects, title);
}

const ref = (id: number): string => `${id} 0 R`;

interface Field {
  x: number;
  y: number;
  w: number;
  h: number;
  size: number;
  text: string;
}

/** An unshaded box and the lines right after it are a field; everything else is printed. */
function splitPage(page: Page): { printed: Mark[]; fields: Field[] } {
  const printed: Mark[] = [];
  const fields: Field[] = [];
  let box: Extract<Mark, { kind: 'rect' }> | null = null;
  let field: Field | null = null;
  for (const mark of page.marks) {
    if (mark.kind === 'rect') {
      box = mark.fill === null ? mark : null;
      field = null;
      printed.push(mark);
    } else if (mark.kind === 'text' && box && isInside(mark, box)) {
      if (field) field.text += `\n${mark.text}`;
      else {
        field = { x: box.x, y: box.y, w: box.w, h: box.h, size: mark.size, text: mark.text };
        fields.push(field);
      }
    } else {
      box = null;
      printed.push(mark);
    }
  }
  return { printed, fields };
}

const isInside = (
  text: { x: number; y: number },
  box: { x: number; y: number; w: number; h: number },
): boolean => text.x >= box.x && text.x <= box.x + box.w && text.y >= box.y - 2 && text.y <= box.y + box.h;
