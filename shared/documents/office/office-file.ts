import type { Box } from '../pages/geometry.ts';
import type { TextCell } from '../pages/page-text.ts';

/** An Office file as a person sees it printed. */
export interface OfficeFile {
  pages: OfficePage[];
  /** pictures as large as a card or larger, in the order of the file; each counts as one more page */
  pictures: OfficePicture[];
}

/** A sheet that is shown, or the part of a text up to the next break of page. Lengths are points. */
export interface OfficePage {
  /** name of the sheet */
  name: string | null;
  width: number;
  height: number;
  cells: TextCell[];
  /** where pictures and drawn shapes are: a seal or a signature may be there */
  pictures: Box[];
  /** words that a line strikes out; they are not in the cells */
  struck: string[];
  /** text that is in the file and that no one sees */
  hidden: string[];
  /** what is seen there and not read, in Japanese */
  unread: Set<string>;
}

interface OfficePicture {
  /** name of the part that holds its bytes */
  part: string;
}

export const blankPage = (name: string | null): OfficePage => ({
  name,
  width: 0,
  height: 0,
  cells: [],
  pictures: [],
  struck: [],
  hidden: [],
  unread: new Set(),
});

/** What is seen in an Office file and not read. */
export const UNREAD = {
  shapes: '図形（丸・線・矢印など）',
  checkBoxes: 'チェックボックスやボタンの部品',
  charts: 'グラフや図',
  formulas: '計算結果の保存されていない数式',
  drawings: '図形や画像',
  inserted: '別の文書から差し込まれた部分',
  overlays: '重ねて書かれた文字（囲い文字など）',
} as const;

/** Cells of text are not measured: letters of Japanese are as wide as high, others half as wide. */
export const textWidth = (text: string, size: number): number =>
  [...text].reduce((sum, letter) => sum + (/[\x20-\x7e\uff61-\uff9f]/.test(letter) ? 0.5 : 1), 0) * size;

/** The largest of numbers, however many there are. */
export const largest = (numbers: readonly number[], least = 0): number =>
  numbers.reduce((most, each) => Math.max(most, each), least);
