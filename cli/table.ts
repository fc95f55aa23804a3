import stringWidth from 'string-width';
import { printable } from '../shared/text/printable.ts';

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** terminal columns */
  maxWidth?: number;
}

export interface Row {
  cells: string[];
  /** lines of text below the row */
  notes?: string[];
}

/** A table for the terminal, in which kanji and kana take two columns. */
export function table(columns: Column[], rows: Row[]): string {
  const shown = rows.map(({ cells, notes = [] }) => ({
    cells: cells.map(printable),
    notes: notes.map(printable),
  }));
  const widths = columns.map(({ title, maxWidth = Number.POSITIVE_INFINITY }, n) =>
    Math.min(
      maxWidth,
      Math.max(stringWidth(title), ...shown.map(({ cells }) => stringWidth(cells[n] ?? ''))),
    ),
  );
  const line = (cells: string[]) =>
    columns
      .map(({ align }, n) => fitToWidth(cells[n] ?? '', widths[n]!, align))
      .join('  ')
      .trimEnd();
  return [
    line(columns.map(({ title }) => title)),
    widths.map((width) => '-'.repeat(width)).join('  '),
    ...shown.flatMap(({ cells, notes }) => [line(cells), ...notes.map((note) => `    ${note}`)]),
  ].join('\n');
}

/** Cuts the text to a width, with … at the cut, or pads it. */
export function fitToWidth(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const fitted = stringWidth(text) > width ? truncate(text, width) : text;
  const padding = ' '.repeat(Math.max(0, width - stringWidth(fitted)));
  return align === 'left' ? fitted + padding : padding + fitted;
}

function truncate(text: string, width: number): string {
  let kept = '';
  for (const char of text) {
    if (stringWidth(kept + char) > width - 1) break;
    kept += char;
  }
  return `${kept}…`;
}
