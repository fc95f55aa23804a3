import { z } from 'zod';
import { tableLoader } from '../profiles/load-table.ts';
import type { ServiceUse } from './document.ts';

export type ServiceClass = ServiceUse['class'];

const kindSchema = z.strictObject({
  name: z.string(),
  class: z.enum(['yobo_kyufu', 'sogo', 'kaigo_kyufu', 'unknown']),
  source: z.string(),
});
const fileSchema = z.strictObject({
  sources: z.record(z.string(), z.record(z.string(), z.string())),
  checked_on: z.string(),
  kinds: z.record(z.string(), kindSchema),
});

/** Every entry cites one of the file's sources. */
const uncited = ({ sources, kinds }: z.output<typeof fileSchema>): string[] =>
  Object.entries(kinds).flatMap(([code, { source }]) =>
    source in sources ? [] : [`${code} に出典がありません`],
  );

const loadTable = tableLoader(fileSchema, uncited);

/** The entry of a 2-character service kind in profiles/service-kinds.yaml. */
const kindOf = (code: string) => loadTable('service-kinds').kinds[code.toUpperCase()];

/** 予防給付, 総合事業 or 介護給付 of a 2-character service kind; `unknown` where the table lacks it or leaves it open. */
export const serviceClass = (code: string): ServiceClass => kindOf(code)?.class ?? 'unknown';

/** Name of a 2-character service kind; null where the table lacks it. */
export const serviceKindName = (code: string): string | null => kindOf(code)?.name ?? null;

/** The service a 6-character code means; the name says so when its kind is unknown. */
export function serviceByCode(code: string, office?: string): ServiceUse {
  const kindCode = code.slice(0, 2);
  return {
    name: serviceKindName(kindCode) ?? `サービス種類 ${kindCode}（不明）`,
    class: serviceClass(kindCode),
    code,
    ...(office ? { office } : {}),
  };
}
