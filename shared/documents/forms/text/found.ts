import type { CompactLine } from './compact-line.ts';

/** The value of a label. `text` is plain (see compactLine), `spaced` keeps one blank or tab for each gap. */
export interface Found {
  text: string;
  spaced: string;
  page: number;
  line: CompactLine;
  /** position in `line.text` where the value begins */
  at: number;
  label: string;
}
/** The part of a line between two positions. */
export function slice(line: CompactLine, start: number, end: number, label = ''): Found {
  let spaced = '';
  for (let i = start; i < end; i++) {
    const gap = line.gaps[i] ?? 0;
    if (i > start && gap > 0) spaced += gap >= 2 ? '\t' : ' ';
    spaced += line.text[i];
  }
  return { text: line.text.slice(start, end), spaced, page: line.page, line, at: start, label };
}
