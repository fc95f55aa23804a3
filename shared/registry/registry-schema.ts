import * as z from 'zod';

/**
 * The registry a city keeps, for what no packet can prove: one YAML file per city.
 * A key that it does not have is a fault: a misspelt one would be dropped silently.
 * Imported into the records table (`uketsuke registry import FILE`) or given to a dry run (`check --registry FILE`).
 */
const date = z.union([
  z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '2024-04-01 のように書いてください'),
  z.date().transform((d) => d.toISOString().slice(0, 10)),
]);
const period = z.strictObject({ from: date, to: date.nullish() });

/** Where a letter says to ask: of the city and of each center. All of it is optional. */
const line = z.string().trim().min(1).max(100);
/** gets a mail where something waits, if the city switched that on */
const mail = z
  .string()
  .regex(/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/, 'メールアドレスの形で書いてください')
  .max(200);
const contactSchema = z.strictObject({
  /** department or desk */
  department: line.nullish(),
  telephone: z
    .string()
    .regex(/^[0-9+()-]{6,20}$/, '電話番号は数字とハイフンで書いてください')
    .nullish(),
  address: line.nullish(),
  mail: mail.nullish(),
});
export type Contact = z.infer<typeof contactSchema>;

export const registrySchema = z.strictObject({
  city: z.string(),
  insurer_numbers: z.array(z.string().regex(/^\d{6}$/, '保険者番号は6桁の数字で書いてください')).default([]),
  unit_price_yen: z.number().positive().nullish(),
  contact: contactSchema.nullish(),
  /** true: centers and offices with an address get one mail a day where something waits for them */
  mail_notices: z.boolean().nullish(),
  /** 補正期限: days from the letter to the day a correction is expected; without it the letter names no day */
  correction_days: z.number().int().min(1).max(365).nullish(),
  areas: z
    .array(
      z.strictObject({
        key: z.string(),
        name: z.string(),
        center: z.string(),
        addresses: z.array(z.string()).default([]),
        postal_codes: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  centers: z
    .array(z.strictObject({ number: z.string(), name: z.string(), contact: contactSchema.nullish() }))
    .default([]),
  offices: z
    .array(
      z.strictObject({
        number: z.string(),
        name: z.string(),
        mail: mail.nullish(),
        kyotaku: period.nullish(),
        yobo_shien: z.array(z.strictObject({ city: z.string() }).extend(period.shape)).default([]),
        commissions: z
          .array(
            z
              .strictObject({ center: z.string(), kinds: z.array(z.enum(['yobo_cm', 'yobo_shien'])) })
              .extend(period.shape),
          )
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
