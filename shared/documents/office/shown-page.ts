import { NEXT_IN_BOX } from '../pages/page-text.ts';
import type { OfficePage } from './office-file.ts';

/** A sheet or a page of Word as the reader saw it, for a screen. Lengths are points from the top left. */
export interface ShownPage {
  /** name of the sheet */
  name: string | null;
  width: number;
  height: number;
  cells: ShownCell[];
  /** cells left out: a screen with all of them would not be usable */
  more: number;
  /** words that a line strikes out */
  struck: string[];
}

interface ShownCell {
  text: string;
  x: number;
  y: number;
  /** as far as its letters or its box go */
  right: number;
  bottom: number;
  /** of its letters */
  size: number;
  /** it is a cell of a table */
  isBox: boolean;
}

/** What a person wants to see of an Office file. */
export interface ShownOffice {
  /** pages and pictures together, as the readings count them */
  count: number;
  /** null: this page is a picture inside the file, or none */
  page: ShownPage | null;
}

const MOST_CELLS = 4000;

export const shownPage = ({ name, width, height, cells, struck }: OfficePage): ShownPage => ({
  ...{ name, width, height, struck },
  cells: cells.slice(0, MOST_CELLS).map(({ text, x, right, y, size, box }) => ({
    ...(box
      ? { x: box.x, y: box.y, right: box.right, bottom: box.bottom }
      : { x, y: y - size / 2, right, bottom: y + size / 2 }),
    text: text.replaceAll(NEXT_IN_BOX, '\n'),
    size,
    isBox: box !== undefined,
  })),
  more: Math.max(0, cells.length - MOST_CELLS),
});
