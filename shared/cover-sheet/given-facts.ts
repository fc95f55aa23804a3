import * as z from 'zod';
import { classByCode, serviceByName } from '../documents/forms/fields/service-names.ts';
import { historyMonthSchema } from '../vocabulary/history.ts';

/**
 * The fact vocabulary: keys of `given` in the worked cases, of packet.json and of the input of `decide`.
 * Dates are ISO, a month is YYYY-MM. `null`, an empty list or an absent key means not known.
 */
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '2024-07-01 のように書いてください');
const isoMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '2024-07 のように書いてください');
/** A service; without a class, the class of its code, else of its name. */
const service = z
  .object({
    name: z.string(),
    class: z.enum(['yobo_kyufu', 'sogo', 'shitei_igai', 'kaigo_kyufu', 'unknown']).nullish(),
    code: z.string().optional(),
    office: z.string().optional(),
  })
  .transform((s) => ({
    ...s,
    class: s.class ?? (s.code ? classByCode(s.code) : serviceByName(s.name).class),
  }));
const monitoringMonth = z
  .object({
    month: isoMonth,
    visit: z.boolean().nullish(),
    video: z.boolean().nullish(),
    phone: z.boolean().nullish(),
    contact: z.boolean().nullish(),
    record: z.boolean().nullish(),
  })
  .loose();
const notification = z
  .object({
    form: z.string().nullish(),
    kind: z.string().nullish(),
    to: z.string().nullish(),
    responsible: z.string().nullish(),
    entrusted: z.string().nullish(),
    attachments: z.array(z.string()).nullish(),
    signed: z.boolean().nullish(),
    date: isoDate.nullish(),
    effective_from: isoDate.nullish(),
    office_name_and_number_filled: z.boolean().nullish(),
  })
  .loose();
export const givenSchema = z
  .object({
    service_month: isoMonth.nullish(),
    event: z.string().nullish(),
    certification: z.string().nullish(),
    previous_certification: z.string().nullish(),
    certification_state: z.enum(['applied', 'settled']).nullish(),
    certification_before_change: z.string().nullish(),
    cert_valid_from: isoDate.nullish(),
    cert_valid_to: isoDate.nullish(),
    services_planned: z.array(service).nullish(),
    services_actual: z.array(service).nullish(),
    services_before_change: z.array(service).nullish(),
    previous_category: z.string().nullish(),
    /** the person's earlier months; one that is not listed is unknown */
    history: z.array(historyMonthSchema).nullish(),
    provider_route: z.enum(['direct', 'itaku', 'center']).nullish(),
    office_designated_kyotaku: z.boolean().nullish(),
    office_designated_yobo_shien: z.boolean().nullish(),
    designation_city: z.string().nullish(),
    insurer_city: z.string().nullish(),
    facility_city: z.string().nullish(),
    manager_is_shunin: z.boolean().nullish(),
    care_manager_count: z.number().nullish(),
    new_user: z.boolean().nullish(),
    contracts: z.array(z.array(z.string())).nullish(),
    /** the same contracts with term and signature */
    contract_papers: z
      .array(
        z.object({
          parties: z.array(z.string()),
          from: isoDate.nullish(),
          to: isoDate.nullish(),
          date: isoDate.nullish(),
          signed: z.boolean().nullish(),
        }),
      )
      .nullish(),
    cm_type: z.string().nullish(),
    documents: z.array(z.string()).nullish(),
    notification: notification.nullish(),
    /** where there are several 届出; `notification` is the month's own */
    notifications: z.array(notification).nullish(),
    transmission: z.string().nullish(),
    addons_claimed: z.array(z.string()).nullish(),
    reductions: z.array(z.string()).nullish(),
    unit_price: z.number().nullish(),
    dates: z.record(z.string(), z.string().nullable()).nullish(),
    monitoring: z.array(monitoringMonth).nullish(),
    flags: z.record(z.string(), z.unknown()).nullish(),
  })
  .loose();
export type Given = z.infer<typeof givenSchema>;
