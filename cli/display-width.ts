/** Characters that a terminal draws two columns wide: kana, kanji, full-width forms and their punctuation. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NOTHING = /[\p{Mn}\p{Cf}]/u;

/** Columns a text takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += NOTHING.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return width;
}

/** Cuts to so many columns, with … where something was cut, and fills up with blanks. */
export function fitTo(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  let shown = text;
  if (displayWidth(text) > width) {
    shown = '';
    for (const char of text) {
      if (displayWidth(shown + char) > width - 1) break;
      shown += char;
    }
    shown += '…';
  }
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(shown)));
  return align === 'left' ? shown + blanks : blanks + shown;
}

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** never wider than this */
  most?: number;
}

/** A table with columns as wide as their contents; each row may have lines of text beneath it. */
export function table(columns: Column[], rows: { cells: string[]; beneath?: string[] }[]): string {
  const widths = columns.map(({ title, most }, n) =>
    Math.min(
      most ?? Number.POSITIVE_INFINITY,
      Math.max(displayWidth(title), ...rows.map(({ cells }) => displayWidth(cells[n] ?? ''))),
    ),
  );
  const line = (cells: string[]) =>
    columns
      .map(({ align }, n) => fitTo(cells[n] ?? '', widths[n]!, align))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [
    line(columns.map(({ title }) => title)),
    rule,
    ...rows.flatMap(({ cells, beneath }) => [line(cells), ...(beneath ?? []).map((text) => `    ${text}`)]),
  ].join('\n');
}
