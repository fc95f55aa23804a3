import type { Reading, ServiceUse } from '../document.ts';
import { codedServices } from './fields/coded-services.ts';
import { endedNames } from './fields/ended-names.ts';
import { type FormReader, inLine, reading } from './fields/readings.ts';
import { riyohyoHead } from './fields/riyohyo-head.ts';
import { type ServiceRow, serviceRows } from './fields/service-rows.ts';
import { type FormText, isPictured } from './text/form-text.ts';
import { valuesOf } from './text/value-beside.ts';

/** 利用票 and 提供票: a pair of rows 予定／実績 for each service; a 別表 on the same sheet is read as well. */
export const riyohyoReader: FormReader = (form) => {
  const head = riyohyoHead(form);
  const rows = serviceRows(form);
  const month = head.find(({ field }) => field === 'service_month')?.value;
  return [
    ...head,
    ...(rows.length > 0 ? plannedAndUsed(form, rows, month) : codedServices(form)),
    ...stampReading(form),
    ...endedNames(form),
  ];
};

/** The rows 予定 and 実績: a service is planned or used when its row carries a number or a mark, on the days of its columns. */
function plannedAndUsed(form: FormText, rows: ServiceRow[], month: Reading['value'] | undefined): Reading[] {
  const onDays = (service: ServiceUse, days: number[] | null): ServiceUse =>
    days && month
      ? { ...service, days: days.map((day) => `${month}-${String(day).padStart(2, '0')}`) }
      : service;
  const planned = rows
    .filter(({ plan }) => hasCount(plan))
    .map(({ place, service, planDays }) =>
      reading(form, 'service_planned', onDays(service, planDays), inLine(place)),
    );
  const used = rows.flatMap(({ used: line, actual, service, usedDays }) =>
    line && actual && hasCount(actual)
      ? [reading(form, 'service_actual', onDays(service, usedDays), inLine(line))]
      : [],
  );
  return [...planned, ...used, ...(used.length === 0 ? noneUsed(form, rows) : [])];
}

/** Stated in words, or every row of 実績 ends in 0. Empty rows decide nothing: they may not be filled in yet. */
function noneUsed(form: FormText, rows: ServiceRow[]): Reading[] {
  const words = form.lines.find((line) => /(?:実績|利用)(?:は|が)?(?:なし|無し)/.test(line.text));
  if (words) return [reading(form, 'no_service_used', true, inLine(words))];
  const zeros = rows.filter(({ actual }) => actual !== null && /^0+(?:回|日)?$/.test(actual));
  const first = zeros[0]?.used;
  return first && zeros.length === rows.length ? [reading(form, 'no_service_used', true, inLine(first))] : [];
}
const hasCount = (text: string): boolean => /[1-9①-⑳○●◎✓]/u.test(text);

/** 利用者確認欄: a name or a seal. An empty field or the printed 印 is neither. */
function stampReading(form: FormText): Reading[] {
  for (const found of valuesOf(form, '利用者確認', '利用者確認印', '利用者確認欄', '利用者確認(印)')) {
    const text = found.text.replace(/[印㊞()[\]_]/gu, '');
    if (text !== '') return [reading(form, 'stamped', true, found)];
    if (!isPictured(form, found.line))
      return [
        reading(form, 'stamped', false, { page: found.page, text: found.text || `${found.label}（空欄）` }),
      ];
  }
  return [];
}
