/**
 * Which of several printed options is chosen: ■ ☑ ● before (or after) it, a ○ that others do not have,
 * brackets around it, or being the only one printed. Anything else is no choice.
 */

type State = 'filled' | 'circle' | 'empty' | 'enclosed' | 'plain';

const FILLED = '■☑☒✓●◉◎⦿';
const EMPTY = '□';
const CIRCLE = '○';
const MARK = `[${FILLED}${EMPTY}${CIRCLE}]`;
const ANY_MARK = new RegExp(MARK, 'u');
const MARK_FIRST = new RegExp(`^${MARK}`, 'u');
const MARK_LAST = new RegExp(`${MARK}$`, 'u');

/**
 * @param text plain letters (see compact-line), the part of the form that prints the options
 * @param options in plain letters; an option inside a longer one is found once, as the longer
 * @returns the chosen options; empty when none is chosen or the marks do not decide it
 */
export function chosenOptions(text: string, options: string[]): string[] {
  const found = optionPlaces(text, options);
  if (found.length === 0) return [];
  const after = marksFollow(text, found);
  const states = found.map((place) => ({ ...place, state: stateOf(text, place, after) }));
  const having = (state: State): string[] =>
    states.filter((each) => each.state === state).map((each) => each.option);
  const filled = having('filled');
  if (filled.length > 0) return filled;
  const circled = having('circle');
  if (circled.length > 0) return circled.length < states.length || states.length === 1 ? circled : [];
  const enclosed = having('enclosed');
  if (enclosed.length > 0 && enclosed.length < states.length) return enclosed;
  const [only, ...others] = states;
  return only && others.length === 0 && only.state === 'plain' && isAlone(text, only) ? [only.option] : [];
}

/**
 * An option printed alone is the value. One beside a mark, or beside a separator with another word (misread, or in other
 * words), is one of several, and nothing shows which is chosen.
 */
function isAlone(text: string, { start, end }: Place): boolean {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  return !ANY_MARK.test(text) && !/[・/|]$/.test(before) && !/^[・/|]/.test(after);
}

/** The one chosen option, or null when none or several are. */
export function chosenOption(text: string, options: string[]): string | null {
  const chosen = new Set(chosenOptions(text, options));
  return chosen.size === 1 ? ([...chosen][0] as string) : null;
}

interface Place {
  option: string;
  start: number;
  end: number;
}

function optionPlaces(text: string, options: string[]): Place[] {
  const order = [...options].sort((a, b) => b.length - a.length);
  const places: Place[] = [];
  for (let at = 0; at < text.length; at++) {
    const option = order.find((each) => text.startsWith(each, at));
    if (!option) continue;
    places.push({ option, start: at, end: at + option.length });
    at += option.length - 1;
  }
  return places;
}

/** 「新規□ 変更■」: no mark before the first option and one after the last. */
function marksFollow(text: string, places: Place[]): boolean {
  const [first, last] = [places[0] as Place, places.at(-1) as Place];
  return markBefore(text, first.start) === null && MARK_FIRST.test(text.slice(last.end));
}

function stateOf(text: string, place: Place, after: boolean): State {
  const mark = after ? (text[place.end] ?? '') : markBefore(text, place.start);
  if (mark !== null && mark !== '') {
    if (FILLED.includes(mark)) return 'filled';
    if (mark === CIRCLE) return 'circle';
    if (mark === EMPTY) return 'empty';
  }
  if (mark === '') return 'empty';
  const [left, right] = [text[place.start - 1] ?? '', text[place.end] ?? ''];
  return ['()', '[]', '<>', '「」'].includes(left + right) ? 'enclosed' : 'plain';
}

/** The mark right before a place: the sign itself, '' for an empty pair of brackets, null for none. */
function markBefore(text: string, at: number): string | null {
  // a number between mark and option belongs to the option: ☑1.はい
  const before = text.slice(0, at).replace(/[0-9][.:)]?$/, '');
  const paired = /[([](.?)[)\]]$/u.exec(before);
  if (paired) {
    const inside = paired[1] ?? '';
    if (inside === '') return '';
    if (/^[レvVxX1]$/u.test(inside)) return '☑';
    if (ANY_MARK.test(inside)) return inside === CIRCLE ? '☑' : inside;
    return null;
  }
  const sign = MARK_LAST.exec(before);
  if (sign) return sign[0];
  return /(?:^|[^ァ-ヶー])レ$/u.test(before) ? '☑' : null;
}
