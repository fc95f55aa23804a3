import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

/**
 * The registry a city keeps, for what no packet can prove: one YAML file per city.
 * Imported into the records table (`uketsuke registry import FILE`) or given to a dry run (`check --registry FILE`).
 */
const date = z.union([
  z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  z.date().transform((d) => d.toISOString().slice(0, 10)),
]);
const period = z.object({ from: date, to: date.nullish() });

const registrySchema = z.object({
  city: z.string(),
  insurer_numbers: z.array(z.string().regex(/^\d{6}$/)).default([]),
  unit_price_yen: z.number().positive().nullish(),
  areas: z
    .array(
      z.object({
        key: z.string(),
        name: z.string(),
        center: z.string(),
        addresses: z.array(z.string()).default([]),
        postal_codes: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  centers: z.array(z.object({ number: z.string(), name: z.string() })).default([]),
  offices: z
    .array(
      z.object({
        number: z.string(),
        name: z.string(),
        kyotaku: period.nullish(),
        yobo_shien: z.array(z.object({ city: z.string() }).extend(period.shape)).default([]),
        commissions: z
          .array(z.object({ center: z.string(), kinds: z.array(z.string()) }).extend(period.shape))
          .default([]),
        manager_is_shunin: z.boolean().nullish(),
        care_managers: z.number().int().nullish(),
        special_area: z.enum(['tokubetsu_chiiki', 'chusankan_shokibo']).nullish(),
      }),
    )
    .default([]),
});
export type Registry = z.infer<typeof registrySchema>;
export type RegisteredOffice = Registry['offices'][number];

/** The file is not a registry. The message names file, place and cause, for the user. */
export class RegistryError extends Error {}

/** Reads one registry. Throws RegistryError with file, place and cause (in Japanese) when the file is not a registry. */
export async function loadRegistry(file: string): Promise<Registry> {
  let raw: unknown;
  try {
    raw = parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new RegistryError(`登録簿 ${file} を読めません: ${cause instanceof Error ? cause.message : cause}`);
  }
  return parseRegistry(raw, file);
}

export function parseRegistry(raw: unknown, file: string): Registry {
  const result = registrySchema.safeParse(raw);
  if (result.success) return result.data;
  const places = result.error.issues.slice(0, 5).map((i) => `${i.path.join('.') || '(先頭)'}: ${i.message}`);
  throw new RegistryError(`登録簿 ${file} に誤りがあります。${places.join(' / ')}`);
}

/** True when `day` (ISO date) is in the period, both ends included. A period without an end is open. */
export const isInForce = (p: { from: string; to?: string | null }, day: string): boolean =>
  p.from <= day && (!p.to || day <= p.to);
