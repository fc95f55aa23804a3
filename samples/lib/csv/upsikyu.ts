import { type Case, planner, type Service, serviceDays } from '../model.ts';
import { compact, keyCells } from './cells.ts';
import { csvFileName, type Sending } from './sending.ts';
import { type CsvRow, type SampleFile, writeCsv } from './write-csv.ts';

/** 利用票別表: a row per code, and the grand total. */
export function upsikyuFile(cases: Case[], sending: Sending): SampleFile {
  const rows = cases.flatMap((c) => {
    const lines = unitLines(c.planned, c.month);
    const total = lines.reduce((sum, line) => sum + line.units, 0);
    const common = (units: number): CsvRow => ({
      ...keyCells(c),
      作成年月日: compact(`${c.month}-01`),
      対象年月: compact(c.month),
      給付管理単位数: units,
      区分支給限度基準内単位: units,
      単位数単価: '10.00',
      '費用総額保険／事業対象': units * 10,
      給付率: 90,
      '保険／事業費請求額': units * 9,
      '利用者負担保険／事業対象': units,
      '３０日超区分': 0,
      事業所コード: '9999999999',
      更新業者コード: planner(c).number,
    });
    return [
      ...lines.map(
        (line): CsvRow => ({
          ...common(line.units),
          サービス事業所名: line.service.provider.name,
          サービス事業所コード: line.service.provider.number,
          サービスコード: line.service.code ?? '',
          TAISコード: line.service.tais,
          '用具名称（機種名）': line.service.tais ? line.service.content : '',
          単位数: line.service.units,
          割引後率: 100,
          割引後単位数: line.service.units,
          '回数／日数': line.count,
          サービス単位金額: line.units,
        }),
      ),
      {
        ...common(total),
        サービス事業所コード: '9999999999',
        サービスコード: '999999',
        単位数: 0,
        '回数／日数': 0,
        サービス単位金額: total,
      },
    ];
  });
  return {
    name: csvFileName('UPSIKYU', sending, cases[0]!.month),
    bytes: writeCsv('UPSIKYU', rows, sending.habits),
  };
}

/** Per code: the count in the month, and the units in total. */
export function unitLines(
  services: Service[],
  month: string,
): { service: Service; count: number; units: number }[] {
  return services
    .filter((service) => service.code !== null)
    .map((service) => {
      const count = service.monthly ? 1 : serviceDays(month, service.weekday).length;
      return { service, count, units: service.units * count };
    });
}
