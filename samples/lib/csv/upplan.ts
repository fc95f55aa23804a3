import { type Case, daysIn, planner, type Service, serviceDays } from '../model.ts';
import { compact, keyCells } from './cells.ts';
import { csvFileName, type Sending } from './sending.ts';
import { type CsvRow, type SampleFile, writeCsv } from './write-csv.ts';

/** 利用票: 予定 (UPPLAN) or 実績 (UPJSK) of one month. */
export function upplanFile(cases: Case[], sending: Sending, what: 'UPPLAN' | 'UPJSK'): SampleFile {
  const month = cases[0]!.month;
  const rows = cases.flatMap((c) =>
    rowsOf(c, what).map(
      ({ service, date, units, count }): CsvRow => ({
        ...keyCells(c),
        作成年月日: compact(what === 'UPPLAN' ? `${c.month}-01` : `${c.month}-${daysIn(c.month)}`),
        対象年月: compact(c.month),
        プラン担当業者コード: planner(c).number,
        プラン担当者名: planner(c).author,
        単位数: units,
        前月までの短期入所利用日数: 0,
        サービス利用日: compact(date),
        サービス開始時刻: service.kind === '67' ? '9999' : service.start.replace(':', ''),
        サービス終了時刻: service.kind === '67' ? '9999' : service.end.replace(':', ''),
        サービス回数: count,
        サービスコード: service.code ?? '',
        TAISコード: service.tais,
        '用具名称（機種名）': service.tais ? service.content : '',
        サービス事業者コード: service.provider.number,
        サービス事業所名: service.provider.name,
        '３０日超区分': 0,
        更新業者コード: what === 'UPPLAN' ? planner(c).number : service.provider.number,
      }),
    ),
  );
  return { name: csvFileName(what, sending, month), bytes: writeCsv(what, rows, sending.habits) };
}

interface Occurrence {
  service: Service;
  date: string;
  units: number;
}

/** Planned or used services; a month without use has one row per service with count 0. */
function rowsOf(c: Case, what: 'UPPLAN' | 'UPJSK'): (Occurrence & { count: 0 | 1 })[] {
  if (what === 'UPJSK' && c.used?.length === 0)
    return c.planned
      .flatMap((service) => occurrences([service], c.month).slice(0, 1))
      .map((first) => ({ ...first, units: 0, count: 0 }));
  return occurrences((what === 'UPPLAN' ? c.planned : c.used) ?? [], c.month).map((o) => ({
    ...o,
    count: 1,
  }));
}

/** One row per service and day: a monthly fee on its first day, a rental on the first day of the month. */
function occurrences(services: Service[], month: string): Occurrence[] {
  return services
    .filter((service) => service.code !== null)
    .flatMap((service) => {
      const dates = service.kind === '67' ? [`${month}-01`] : serviceDays(month, service.weekday);
      return dates.map((date, i) => ({ service, date, units: service.monthly && i > 0 ? 0 : service.units }));
    })
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
