/** A letter as it is printed, from the desk or a reviewer: data only. draw-letter.ts makes the PDF. */
export interface Letter {
  title: string;
  /** 文書番号 */
  number: string;
  /** ISO date */
  date: string;
  /** 〜 御中 */
  addressee: string;
  /** city, center and how to reach them, a line each */
  sender: string[];
  /** what the letter says, in sentences */
  opening: string[];
  /** what it is about: label and value */
  about: LetterRow[];
  sections: LetterSection[];
  /** small print at the end */
  closing: string[];
}

export type LetterRow = [label: string, value: string];

/** A part of a letter: its sentences, then its tables. */
export interface LetterSection {
  title: string;
  lines: string[];
  tables: LetterTable[];
}

/** A table of labels and values under a head. */
export interface LetterTable {
  head: string;
  rows: LetterRow[];
}
