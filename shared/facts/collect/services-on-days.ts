import { eraText } from '../../calendar/wareki.ts';
import type { Reading, ServiceUse } from '../../documents/document.ts';

/**
 * Services used on the days that are asked for: the readings, each at the row of its first such day, and their text,
 * 「令和6年6月5日・令和6年6月12日（サービスコード 631111）」 a service. Undefined where there are none.
 */
export function servicesOnDays(
  services: Reading[],
  isAsked: (day: string) => boolean,
): { readings: Reading[]; text: string } | undefined {
  const used = services.flatMap((reading) => {
    const { days = [], rows, name, code } = reading.value as ServiceUse;
    const asked = days.filter(isAsked).sort();
    if (asked.length === 0) return [];
    const row = rows?.[days.indexOf(asked[0]!)];
    const service = code ? `サービスコード ${code}` : name;
    return [
      {
        reading: row === undefined ? reading : { ...reading, where: { ...reading.where, row } },
        text: `${asked.map(eraText).join('・')}（${service}）`,
      },
    ];
  });
  if (used.length === 0) return undefined;
  return { readings: used.map((u) => u.reading), text: [...new Set(used.map((u) => u.text))].join('、') };
}
