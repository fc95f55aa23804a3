/** One record of a CSV file. A cell may hold line breaks, so `row` counts records, as a spreadsheet shows them. */
export interface CsvRow {
  /** from 1; header and blank rows count */
  row: number;
  cells: string[];
  /** the quotes of this record are broken in this column (from 1), and why */
  broken: { column: number; why: 'unclosed' | 'stray' } | null;
  /** the first column (from 1) written as a formula, `="0012"`; its text was read */
  formula: number | null;
  /** characters of the record, its line break included */
  length: number;
}

/** A quoted text longer than this (in characters) has lost its closing quote. */
const LONGEST = 1_000_000;
/** A record of the standard begins with CSVバージョン and 保険者番号; reading goes on there after broken quotes. */
const NEXT_RECORD = /\n(?="?\d{6}"?,"?\d{5,6}"?,)/g;

const COMMA = 0x2c;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const EQUALS = 0x3d;

/**
 * Reads records out of text that comes in pieces: RFC 4180 with CRLF, LF or CR, cells quoted or not, line breaks and
 * commas inside quotes, `""` for a quote, `="…"` as spreadsheets write it. Broken quotes spoil one record, which says so. A blank line is a record with one
 * empty cell.
 */
export function* parseRows(pieces: Iterable<string>): Generator<CsvRow> {
  let text = '';
  let row = 0;
  function* records(isEnd: boolean): Generator<CsvRow> {
    let at = 0;
    while (at < text.length) {
      const read = readRecord(text, at, isEnd || text.length - at > LONGEST);
      if (!read) break;
      const { cells, broken, formula, next } = read;
      yield { row: ++row, cells, broken, formula, length: next - at };
      at = read.next;
    }
    text = text.slice(at);
  }
  for (const piece of pieces) {
    text += piece;
    yield* records(false);
  }
  yield* records(true);
}

interface ReadRecord {
  cells: string[];
  next: number;
  broken: CsvRow['broken'];
  formula: CsvRow['formula'];
}

/** The record from `start`; null when the text ends before it and more is to come. */
function readRecord(text: string, start: number, isEnd: boolean): ReadRecord | null {
  const cells: string[] = [];
  let at = start;
  let formula: number | null = null;
  for (;;) {
    const isFormula = text.charCodeAt(at) === EQUALS && text.charCodeAt(at + 1) === QUOTE;
    if (isFormula) {
      at++;
      formula ??= cells.length + 1;
    }
    if (text.charCodeAt(at) === QUOTE) {
      const quoted = readQuoted(text, at, isEnd);
      if (quoted === null) return null;
      if (quoted === 'unclosed') return brokenRecord(text, start, cells, 'unclosed');
      cells.push(quoted.value);
      at = quoted.next;
    } else {
      const from = at;
      let code = text.charCodeAt(at);
      while (at < text.length && code !== COMMA && code !== LF && code !== CR) {
        if (code === QUOTE) return brokenRecord(text, start, cells, 'stray');
        code = text.charCodeAt(++at);
      }
      cells.push(text.slice(from, at));
    }
    const end = text.charCodeAt(at);
    if (end === COMMA) {
      at++;
      if (at === text.length && !isEnd) return null;
      continue;
    }
    if (end === LF) return { cells, next: at + 1, broken: null, formula };
    if (at >= text.length) return isEnd ? { cells, next: at, broken: null, formula } : null;
    if (end !== CR) return brokenRecord(text, start, cells.slice(0, -1), 'stray');
    if (at + 1 === text.length && !isEnd) return null;
    return { cells, next: text.charCodeAt(at + 1) === LF ? at + 2 : at + 1, broken: null, formula };
  }
}

function readQuoted(
  text: string,
  start: number,
  isEnd: boolean,
): { value: string; next: number } | 'unclosed' | null {
  let value = '';
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return isEnd ? 'unclosed' : null;
    if (quote + 1 === text.length && !isEnd) return null;
    if (text.charCodeAt(quote + 1) !== QUOTE)
      return { value: value + text.slice(from, quote), next: quote + 1 };
    value += text.slice(from, quote + 1);
    from = quote + 2;
  }
}

function brokenRecord(text: string, start: number, cells: string[], why: 'unclosed' | 'stray'): ReadRecord {
  NEXT_RECORD.lastIndex = start;
  const next = NEXT_RECORD.exec(text);
  return {
    cells,
    next: next ? next.index + 1 : text.length,
    broken: { column: cells.length + 1, why },
    formula: null,
  };
}
