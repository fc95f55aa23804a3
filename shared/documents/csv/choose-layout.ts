import { CSV_TYPES, type CsvName, type CsvType, monthSideOf } from '../../packet/standard-csv-name.ts';
import { checkCell } from './check-cell.ts';
import type { Layout } from './layout.ts';
import { LAYOUTS, V3_LAYOUTS } from './layouts.ts';

/** The layout of a file, and what about its name does not fit. */
export interface ChosenLayout {
  layout: Layout | null;
  isV3: boolean;
  /** for F_CSV_NAME: how the name and the contents differ; null when they agree */
  nameProblem: string | null;
}

const ALL = Object.values(LAYOUTS);
const NAME_START = new RegExp(
  `^(${[...CSV_TYPES].sort((a, b) => b.length - a.length).join('|')})(?![A-Z0-9])`,
  'i',
);

/**
 * The type comes from the file name, and is checked by the number of columns of the first record. A name outside of the
 * standard's grammar may still begin with a type; without one the number of columns decides, where one layout has it.
 */
export function chooseLayout(file: string, name: CsvName | null, cells: string[]): ChosenLayout {
  const base = file.slice(file.lastIndexOf('/') + 1).normalize('NFKC');
  const type = name?.type ?? (NAME_START.exec(base)?.[1]?.toUpperCase() as CsvType | undefined);
  const loose = name
    ? null
    : 'ファイル名が標準仕様の形（種類_送信元_種類_送信先_種類_日時.CSV）ではありません';
  const fits = (layout: Layout | undefined): boolean => layout !== undefined && isAsLong(layout, cells);

  if (type) {
    if (fits(LAYOUTS[type]))
      return { layout: LAYOUTS[type], isV3: name?.fromKind === null, nameProblem: loose };
    const v3 = V3_LAYOUTS[type];
    if (v3 && fits(v3)) return { layout: v3, isV3: true, nameProblem: loose };
    const trimmed = [LAYOUTS[type], ...(v3 ? [v3] : [])].find((layout) => isTrimmed(layout, cells));
    if (trimmed) return { layout: trimmed, isV3: trimmed === v3, nameProblem: loose };
    const other = byColumns(base, cells);
    if (!other) return { layout: LAYOUTS[type], isV3: false, nameProblem: loose };
    return {
      layout: other,
      isV3: false,
      nameProblem: `ファイル名は ${type}（${LAYOUTS[type].title}、${LAYOUTS[type].columns.length}列）ですが、列数（${cells.length}）から ${other.type}（${other.title}）として読みました`,
    };
  }
  const layout = byColumns(base, cells);
  return {
    layout,
    isV3: false,
    nameProblem:
      layout && `${loose}。列数（${cells.length}）から ${layout.type}（${layout.title}）として読みました`,
  };
}

/** The only layout with this number of columns. 利用票 of 予定 and 実績 have the same; the last editor distinguishes them. */
function byColumns(base: string, cells: string[]): Layout | null {
  const fitting = ALL.filter((layout) => isAsLong(layout, cells));
  if (fitting.length === 1) return fitting[0] ?? null;
  if (!fitting.includes(LAYOUTS.UPPLAN)) return null;
  const side = monthSideOf(base);
  if (side) return LAYOUTS[side];
  const [planner, provider, editor] = [cells[5], cells[19], cells[23]];
  if (!editor || planner === provider) return null;
  return editor === planner ? LAYOUTS.UPPLAN : editor === provider ? LAYOUTS.UPJSK : null;
}

/** Some programs end every record with a comma. */
const isAsLong = (layout: Layout, cells: string[]): boolean =>
  cells.length === layout.columns.length || hasTrailingComma(layout, cells);

/**
 * Spreadsheets leave out the empty columns at the end of a record. A column with a mark is never one of them, and what is
 * left fits its places: no column is missing further in front.
 */
export const isTrimmed = (layout: Layout, cells: string[]): boolean =>
  cells.length < layout.columns.length &&
  layout.columns.slice(cells.length).every(({ required }) => required === null) &&
  cells.every(
    (cell, i) => cell.trim() === '' || checkCell(layout.columns[i]!, cell).problem?.kind !== 'value',
  );

export const hasTrailingComma = (layout: Layout, cells: string[]): boolean =>
  cells.length === layout.columns.length + 1 && cells.at(-1) === '';

export const knownColumnCounts = (): string =>
  [...Map.groupBy(ALL, (layout) => layout.columns.length)]
    .sort(([a], [b]) => b - a)
    .map(([count, layouts]) => `${count}列 ${layouts.map((l) => l.type).join('・')}`)
    .join('、');
