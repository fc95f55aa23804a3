import { UNREAD } from './office-file.ts';
import { type OfficeParts, unpackParts } from './office-parts.ts';
import {
  attribute,
  child,
  children,
  descendants,
  type Element,
  numberOf,
  parseXml,
  relations,
} from './xml.ts';

/** What is drawn on a sheet: a picture, a shape with or without text. Lengths are points. */
export interface SheetDrawing {
  from: Anchor;
  to: Anchor | { width: number; height: number };
  text?: string;
  /** name of the part that holds the picture */
  picture?: string;
  /** what is seen and not read */
  unread?: string;
}
interface Anchor {
  column: number;
  dx: number;
  row: number;
  dy: number;
}

/** English Metric Units of a point (ECMA-376 20.1.2.1) */
const EMU = 12_700;

/** The drawings of a workbook since 2007 by the name of their sheet. Of OpenDocument only that there are some. */
export function sheetDrawings(bytes: Uint8Array): Map<string, SheetDrawing[]> {
  if (bytes[0] !== 0x50) return new Map();
  const parts = unpackParts(
    bytes,
    /^xl\/(?:workbook\.xml|_rels\/|worksheets\/_rels\/|drawings\/(?:drawing|_rels)|ctrlProps\/|activeX\/activeX)|^content\.xml$/,
  );
  if (parts['content.xml']) return openDrawings(parts['content.xml']);
  const book = parts['xl/workbook.xml'];
  if (!book) return new Map();
  const targets = relations(parts, 'xl/workbook.xml');
  return new Map(
    descendants(parseXml(book), 'sheet').map((sheet) => [
      attribute(sheet, 'name') ?? '',
      drawingsOf(parts, targets.get(attribute(sheet, 'id') ?? '') ?? ''),
    ]),
  );
}

function drawingsOf(parts: OfficeParts, sheet: string): SheetDrawing[] {
  const found: SheetDrawing[] = [];
  for (const target of relations(parts, sheet).values()) {
    const part = parts[target];
    if (/\/(?:ctrlProps|activeX)\//.test(target)) found.push({ ...NOWHERE, unread: UNREAD.checkBoxes });
    if (!part || !/\/drawings\/drawing/.test(target)) continue;
    const pictures = relations(parts, target);
    for (const anchor of children(parseXml(part), 'twoCellAnchor', 'oneCellAnchor', 'absoluteAnchor'))
      found.push(...inAnchor(anchor, pictures));
  }
  return found;
}

const NOWHERE = { from: { column: 0, dx: 0, row: 0, dy: 0 }, to: { width: 0, height: 0 } };

function inAnchor(anchor: Element, pictures: Map<string, string>): SheetDrawing[] {
  const size = child(anchor, 'ext');
  const place = {
    from: anchorOf(child(anchor, 'from')),
    to: size
      ? { width: numberOf(size, 'cx') / EMU, height: numberOf(size, 'cy') / EMU }
      : anchorOf(child(anchor, 'to')),
  };
  const isHidden = descendants(anchor, 'cNvPr').every((each) => attribute(each, 'hidden') === '1');
  if (isHidden) return [];
  const found: SheetDrawing[] = [];
  for (const blip of descendants(anchor, 'blip')) {
    const picture = pictures.get(attribute(blip, 'embed') ?? '');
    if (picture) found.push({ ...place, picture });
  }
  for (const shape of [...descendants(anchor, 'sp'), ...descendants(anchor, 'cxnSp')]) {
    const text = descendants(shape, 'p')
      .map((line) =>
        descendants(line, 't')
          .map((run) => run.textContent ?? '')
          .join(''),
      )
      .join('\n')
      .trim();
    found.push(text ? { ...place, text } : { ...place, unread: UNREAD.shapes });
  }
  if (descendants(anchor, 'graphicFrame').length > 0) found.push({ ...place, unread: UNREAD.charts });
  return found;
}

function anchorOf(corner: Element | undefined): Anchor {
  const number = (name: string): number => Number(child(corner, name)?.textContent ?? 0) || 0;
  return {
    column: number('col'),
    dx: number('colOff') / EMU,
    row: number('row'),
    dy: number('rowOff') / EMU,
  };
}

/** OpenDocument keeps cells and drawings in one part. */
function openDrawings(content: Uint8Array): Map<string, SheetDrawing[]> {
  return new Map(
    descendants(parseXml(content), 'table').map((sheet) => [
      attribute(sheet, 'name') ?? '',
      OPEN_SHAPES.some((name) => descendants(sheet, name).length > 0)
        ? [{ ...NOWHERE, unread: UNREAD.drawings }]
        : [],
    ]),
  );
}
const OPEN_SHAPES = ['frame', 'custom-shape', 'ellipse', 'circle', 'line', 'path', 'rect', 'control'];
