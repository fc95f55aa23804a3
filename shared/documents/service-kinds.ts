import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { profilesFolder } from '../profiles/profiles-folder.ts';
import type { ServiceUse } from './document.ts';

export type ServiceClass = ServiceUse['class'];

const kind = z.strictObject({
  name: z.string(),
  class: z.enum(['yobo_kyufu', 'sogo', 'kaigo_kyufu', 'unknown']),
  source: z.string(),
});
const schema = z.object({ sources: z.record(z.string(), z.unknown()), kinds: z.record(z.string(), kind) });

/** profiles/service-kinds.yaml, read once. Throws when an entry has no source. */
const KINDS: Record<string, z.infer<typeof kind>> = readKinds();

/** 予防給付, 総合事業 or 介護給付 of a 2-character service kind; `unknown` for one the table lacks or leaves open. */
export const serviceClass = (code: string): ServiceClass => KINDS[code.toUpperCase()]?.class ?? 'unknown';

/** Name of a 2-character service kind; null for one the table lacks. */
export const serviceKindName = (code: string): string | null => KINDS[code.toUpperCase()]?.name ?? null;

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

function readKinds(): Record<string, z.infer<typeof kind>> {
  const { sources, kinds } = schema.parse(
    parse(readFileSync(join(profilesFolder(), 'service-kinds.yaml'), 'utf8')),
  );
  const uncited = Object.entries(kinds).find(([, { source }]) => !(source in sources));
  if (uncited) throw new Error(`profiles/service-kinds.yaml: ${uncited[0]} に出典がありません`);
  return kinds;
}
