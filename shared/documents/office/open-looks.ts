import { utils } from '@e965/xlsx';
import { TooLargeFile } from '../unreadable-file.ts';
import type { Look, SheetLooks } from './cell-looks.ts';
import { unpackParts } from './office-parts.ts';
import { MOST_BASED } from './word-styles.ts';
import { attribute, child, children, descendants, type Element, parseXml } from './xml.ts';

const CONTENT = 'content.xml';
const STYLES = 'styles.xml';
/** A row or column that repeats more often is the empty rest of its sheet. */
const MOST_REPEATED = 1000;

/** What a sheet of OpenDocument says of the looks of its cells, by its name; a cell of a hidden row or column is unseen. */
export function openLooks(bytes: Uint8Array): Map<string, SheetLooks> {
  const parts = unpackParts(bytes, /^(?:content|styles)\.xml$/);
  if (!parts[CONTENT]) return new Map();
  const content = parseXml(parts[CONTENT]);
  const styles = new OpenStyles([content, ...(parts[STYLES] ? [parseXml(parts[STYLES])] : [])]);
  return new Map(
    descendants(content, 'table').map((table) => [attribute(table, 'name') ?? '', looksIn(table, styles)]),
  );
}

function looksIn(table: Element, styles: OpenStyles): SheetLooks {
  const found: SheetLooks = {
    ...{ cells: new Map(), rich: new Map(), header: [], footer: [], unseen: [], hasPicture: false },
  };
  const columns = descendants(table, 'table-column').flatMap((column) =>
    Array.from({ length: repeated(column, 'number-columns-repeated') }, () => column),
  );
  let row = 0;
  for (const each of descendants(table, 'table-row')) {
    const rows = repeated(each, 'number-rows-repeated');
    let column = 0;
    for (const cell of children(each, 'table-cell', 'covered-table-cell')) {
      const cells = repeated(cell, 'number-columns-repeated');
      if (descendants(cell, 'p').length > 0)
        for (let r = row; r < row + rows; r++)
          for (let c = column; c < column + cells; c++) {
            const look = [each, columns[c]].some(isCollapsed)
              ? 'unseen'
              : styles.lookOf(cell, each, columns[c]);
            if (look) found.cells.set(utils.encode_cell({ r, c }), look);
          }
      column += cells;
    }
    row += rows;
  }
  return found;
}

const repeated = (element: Element, name: string): number =>
  Math.min(MOST_REPEATED, Number(attribute(element, name) ?? 1) || 1);

const isCollapsed = (line: Element | undefined): boolean =>
  ['collapse', 'filter'].includes(attribute(line, 'visibility') ?? '');

/** The styles of cells, those of the file and those that a person named. */
class OpenStyles {
  readonly #styles = new Map<string, Element>();
  readonly #looks = new Map<string | null, Look | null>();

  constructor(roots: Element[]) {
    for (const root of roots)
      for (const style of descendants(root, 'style'))
        if (attribute(style, 'family') === 'table-cell')
          this.#styles.set(attribute(style, 'name') ?? '', style);
  }

  /** A cell without a style has that of its row, or of its column. */
  lookOf(cell: Element, row: Element, column: Element | undefined): Look | null {
    const name =
      attribute(cell, 'style-name') ??
      attribute(row, 'default-cell-style-name') ??
      attribute(column, 'default-cell-style-name');
    const known = this.#looks.get(name);
    if (known !== undefined) return known;
    const look = this.#lookOfStyle(name);
    this.#looks.set(name, look);
    return look;
  }

  #lookOfStyle(name: string | null): Look | null {
    const ink = (this.#find(name, 'text-properties', 'color') ?? '#000000').toLowerCase();
    const paper = this.#find(name, 'table-cell-properties', 'background-color') ?? 'transparent';
    if (ink === (paper === 'transparent' ? '#ffffff' : paper.toLowerCase())) return 'unseen';
    const size = /^([\d.]+)pt$/.exec(this.#find(name, 'text-properties', 'font-size') ?? '')?.[1];
    if (size && Number(size) <= SPECK) return 'unseen';
    const line = this.#find(name, 'text-properties', 'text-line-through-style') ?? 'none';
    return line === 'none' ? null : 'struck';
  }

  #find(name: string | null, group: string, property: string): string | null {
    const passed = new Set<string>();
    for (let at = name; at !== null && !passed.has(at); ) {
      if (passed.size >= MOST_BASED)
        throw new TooLargeFile(
          `書式（スタイル）が、別の書式をもとに ${MOST_BASED} 段を超えて重ねられています。`,
        );
      passed.add(at);
      const style = this.#styles.get(at);
      const found = attribute(child(style, group), property);
      if (found !== null) return found;
      at = attribute(style, 'parent-style-name');
    }
    return null;
  }
}

/** Letters of this many points or less are not seen. */
const SPECK = 2;
