import { plainText } from '../forms/text/compact-line.ts';
import type { TextLine } from '../pages/page-text.ts';
import { serviceKindName } from '../service-kinds.ts';

/** Two characters of the kind and four of the item. */
const CODE = /(?<![0-9A-Z])([0-9A][0-9])[0-9]{4}(?![0-9])/u;
/** Letters that may be misread in a name of a service: two of eight. */
const MISREAD = 4;

/**
 * A service is printed by its name and its code. A name that differs by few letters from that of the code's kind is
 * misread; a name that differs by more is another one (訪問型独自サービス１１) and stays.
 */
export function repairServiceNames(line: TextLine): TextLine {
  const cells = line.cells.map((cell, i) => {
    const inside = CODE.exec(cell.text);
    const beside = inside ? null : CODE.exec(line.cells[i + 1]?.text ?? '');
    const name = serviceKindName((inside ?? beside)?.[1] ?? '');
    if (!name || (beside && beside.index > 0)) return cell;
    const [before, rest] = inside
      ? [cell.text.slice(0, inside.index), cell.text.slice(inside.index)]
      : [cell.text, ''];
    return isMisread(plainText(before), name)
      ? { ...cell, text: `${name}${blanksAfter(before)}${rest}` }
      : cell;
  });
  return { ...line, cells, text: cells.map(({ text }) => text).join('\t') };
}

function isMisread(read: string, name: string): boolean {
  const letters = [...name];
  const differ = [...read].filter((letter, i) => letter !== letters[i]).length;
  return [...read].length === letters.length && differ > 0 && differ <= letters.length / MISREAD;
}

const blanksAfter = (text: string): string => /\s*$/u.exec(text)?.[0] ?? '';
