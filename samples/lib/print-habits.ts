/** Print format of one program: dates and check boxes. */
export interface PrintHabits {
  /** 令和6年4月1日, 令和６年４月１日, R6.4.1, 2024年4月1日, 2024/04/01 */
  dates: 'wareki' | 'wide' | 'short' | 'western' | 'slash';
  /** the ticked box and the others */
  ticks: readonly [on: string, off: string];
}

export const PLAIN: PrintHabits = { dates: 'wareki', ticks: ['■', '□'] };

let current = PLAIN;

/** The current format while a form is drawn. */
export const habits = (): PrintHabits => current;

/** Draws in the format of one program. Drawing is synchronous, so that no other code sees the change. */
export function printedBy<T>(program: PrintHabits, draw: () => T): T {
  const before = current;
  current = program;
  try {
    return draw();
  } finally {
    current = before;
  }
}

/** A day (YYYY-MM-DD) or month (YYYY-MM) as a form prints it. */
export function printDate(iso: string): string {
  const [year, month, day] = iso.split('-').map(Number) as [number, number, number | undefined];
  const { dates } = current;
  if (dates === 'western' || (dates === 'slash' && day === undefined))
    return `${year}年${month}月${day === undefined ? '' : `${day}日`}`;
  if (dates === 'slash') return iso.replaceAll('-', '/');
  const [era, letter, first] = eraOf(iso);
  const n = year - first + 1;
  if (dates === 'short' && day !== undefined) return `${letter}${n}.${month}.${day}`;
  const text = `${era}${n === 1 ? '元' : n}年${month}月${day === undefined ? '' : `${day}日`}`;
  return dates === 'wide' ? text.replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)]!) : text;
}

function eraOf(iso: string): [name: string, letter: string, first: number] {
  if (iso >= '2019-05-01') return ['令和', 'R', 2019];
  if (iso >= '1989-01-08') return ['平成', 'H', 1989];
  return iso >= '1926-12-25' ? ['昭和', 'S', 1926] : ['大正', 'T', 1912];
}
