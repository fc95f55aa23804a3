import type { Reading, ServiceUse } from '../../document.ts';
import { type CompactLine, plainText } from '../text/compact-line.ts';
import type { FormText } from '../text/form-text.ts';
import { inLine, reading } from './readings.ts';
import { classByCode, serviceByName } from './service-names.ts';

/** The service of a row: the printed code decides its class, else the name. */
export function serviceOf(cells: string[], name: string): ServiceUse {
  const code = cells.find((text) => CODE.test(text));
  const office = cells.find((text) => OFFICE.test(text));
  return {
    name: name.replace(/^サービス(?:内容|種別|種類|名)?:/, ''),
    class: code ? classByCode(code) : serviceByName(name).class,
    ...(code ? { code } : {}),
    ...(office ? { office } : {}),
  };
}
/** Rows that print a 6-character service code. In a paper with 実績 in its heading they were used, else planned. */
export function codedServices(form: FormText): Reading[] {
  const used = form.lines.slice(0, 12).some((line) => /実績(?:報告|分|\))|\(実績/.test(line.text));
  const seen = new Set<string>();
  return form.lines.flatMap((line) => {
    if (/保険者番号/.test(line.text)) return [];
    const cells = line.line.cells.flatMap(({ text }) => partsOfCell(text));
    const code = cells.find((text) => CODE.test(text)) ?? boxedCode(line);
    if (!code || seen.has(code)) return [];
    seen.add(code);
    const name = cells.find((text) => serviceByName(text).class !== 'unknown' && !OFFICE_NAME.test(text));
    const office = cells.find((text) => OFFICE.test(text));
    const service: ServiceUse = {
      name: name ?? code,
      class: classByCode(code),
      code,
      ...(office ? { office } : {}),
    };
    return [reading(form, used ? 'service_actual' : 'service_planned', service, inLine(line))];
  });
}
/** Kind and item of a service: 63 1111, A2 1111. */
export const CODE = /^(?:[1-7][0-9]|A[1-9A-F])[0-9]{4}$/;
/** Number of an office; the third place is a letter for 総合事業. */
const OFFICE = /^[0-9]{2}[0-9A-Z][0-9]{7}$/;
/** A code or a number of an office between other letters: programs print it under a name, in one cell. */
const NUMBERED =
  /(?:(?<![0-9A-Z])|(?<=サービス[A-D]))((?:[1-7][0-9]|A[1-9A-F])[0-9]{4}|[0-9]{2}[0-9A-Z][0-9]{7})(?![0-9A-Z])/u;
/** The texts of a cell in plain letters: a name, a service code, a number of an office, each for itself. */
export const partsOfCell = (text: string): string[] =>
  plainText(text)
    .split(NUMBERED)
    .filter((part) => part !== '');
const OFFICE_NAME = /事業所$|センター$|ステーション$/;
/** The code printed one character to a box. */
const boxedCode = (line: CompactLine): string | undefined => {
  const single = line.line.cells.map((cell) => plainText(cell.text));
  for (let i = 0; i + 6 <= single.length; i++) {
    const joined = single.slice(i, i + 6).join('');
    if (joined.length === 6 && CODE.test(joined)) return joined;
  }
  return undefined;
};
