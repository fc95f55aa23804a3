import * as z from 'zod';
import { CATEGORIES } from './category.ts';

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '2024-07-01 のように書いてください');
const isoMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '2024-07 のように書いてください');

/** The 届出 of an earlier month, as far as a later one asks for it. */
const filedNotification = z.object({
  kind: z.string().nullish(),
  to: z.string().nullish(),
  /** ISO date: filed on */
  date: isoDate.nullish(),
  /** ISO date: effective from */
  effective_from: isoDate.nullish(),
});

/** What an earlier month of a person was, beside its category. */
const line = {
  /** false: nothing was used in the month */
  used: z.boolean().nullish(),
  certification: z.string().nullish(),
  /** add-ons claimed and not refused */
  addons: z.array(z.string()).nullish(),
  notification: filedNotification.nullish(),
  /** parties of each contract */
  contracts: z.array(z.array(z.string())).nullish(),
  /** how the person was seen in the month */
  monitoring: z
    .object({
      visit: z.boolean().nullish(),
      video: z.boolean().nullish(),
      phone: z.boolean().nullish(),
      contact: z.boolean().nullish(),
      record: z.boolean().nullish(),
    })
    .nullish(),
};

/** One earlier month as a sender writes it. `none` as category: nothing was used. */
export const historyMonthSchema = z
  .object({
    month: isoMonth,
    category: z.enum([...CATEGORIES, 'none']).nullish(),
    /** whose month it was; without it, of the office that sends the papers */
    office_number: z.string().nullish(),
    same_office: z.boolean().nullish(),
    ...line,
  })
  .transform(({ category, ...rest }) => ({
    ...rest,
    category: category && category !== 'none' ? category : null,
    used: category === 'none' ? false : rest.used,
    same_office: rest.same_office ?? (rest.office_number ? null : true),
  }));

/**
 * One month of a person other than that of the papers, from the records or as the sender writes it. A month that is
 * not listed is unknown, not unused.
 */
export type HistoryMonth = z.output<typeof historyMonthSchema>;

/** What the records keep of a month for the months after it, beside its category and office. */
export type HistoryLine = Omit<HistoryMonth, 'month' | 'category' | 'office_number' | 'same_office'> & {
  /** the category of each earlier month the decision could rest on; null: nothing was used */
  rested_on: { month: string; category: string | null }[];
};

/** A month as the records have it. */
export type RecordedMonth = HistoryMonth & Partial<Pick<HistoryLine, 'rested_on'>>;

/** Whether anything was used: what is stated, else a month with a category was used. Undefined where neither tells. */
export const wasUsed = ({ used, category }: HistoryMonth): boolean | undefined =>
  used ?? (category ? true : undefined);
