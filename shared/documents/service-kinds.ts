import * as z from 'zod';
import { tableLoader } from '../profiles/load-table.ts';
import type { ServiceUse } from './document.ts';

export type ServiceClass = ServiceUse['class'];

const kindSchema = z.strictObject({
  name: z.string(),
  class: z.enum(['yobo_kyufu', 'sogo', 'kaigo_kyufu', 'unknown']),
  source: z.string(),
  until: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
  becomes: z.string().optional(),
  ended: z.string().optional(),
  unmanaged: z.string().optional(),
});
const fileSchema = z.strictObject({
  sources: z.record(z.string(), z.record(z.string(), z.string())),
  checked_on: z.string(),
  kinds: z.record(z.string(), kindSchema),
});

/** Every entry cites one of the file's sources. */
const uncited = ({ sources, kinds }: z.output<typeof fileSchema>): string[] =>
  Object.entries(kinds).flatMap(([code, { source, until, ended, unmanaged }]) =>
    [source, until && (ended ?? ''), unmanaged].every((cited) => cited === undefined || cited in sources)
      ? []
      : [`${code} に出典がありません`],
  );

const loadTable = tableLoader(
  fileSchema.transform((file) => ({
    ...file,
    codesByName: Map.groupBy(Object.keys(file.kinds), (code) => file.kinds[code]!.name),
  })),
  uncited,
);

/** The entry of a 2-character service kind in profiles/service-kinds.yaml. */
const kindOf = (code: string) => loadTable('service-kinds').kinds[code.toUpperCase()];

/** 予防給付, 総合事業 or 介護給付 of a 2-character service kind; `unknown` where the table lacks it or leaves it open. */
export const serviceClass = (code: string): ServiceClass => kindOf(code)?.class ?? 'unknown';

/** Name of a 2-character service kind; null where the table lacks it. */
export const serviceKindName = (code: string): string | null => kindOf(code)?.name ?? null;

/** A kind of service that ended: its name, its last service month and what came after it. */
export interface EndedKind {
  name: string;
  /** YYYY-MM */
  until: string;
  becomes: string | null;
}

/** The kind where it ended before the service month (YYYY-MM); null where it goes on, or is not in the table. */
export function endedBefore(code: string, month: string): EndedKind | null {
  const kind = kindOf(code);
  if (!kind?.until || month <= kind.until) return null;
  return { name: kind.name, until: kind.until, becomes: kind.becomes ?? null };
}

/** Whether services of a kind are written on a 給付管理票. A kind the table lacks is taken to be. */
export const isManagedKind = (code: string): boolean => kindOf(code)?.unmanaged === undefined;

/** The kind that a printed name says in full; null where it says none, or more than one. */
export function kindByName(printed: string): string | null {
  const [code, another] = loadTable('service-kinds').codesByName.get(printed) ?? [];
  return code && !another ? code : null;
}

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
