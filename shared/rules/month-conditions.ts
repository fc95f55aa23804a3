import * as z from 'zod';
import { addMonths } from '../calendar/days.ts';
import { type HistoryMonth, wasUsed } from '../vocabulary/history.ts';

/** What a condition asks of earlier months. All fields that are written must hold of one month. */
export const monthTestSchema = z.strictObject({
  /** only the months directly before the service month, this many; without it, every month of the history */
  within: z.number().int().positive().optional(),
  category: z.array(z.string()).optional(),
  /** one of these add-ons was claimed */
  addons: z.array(z.string()).optional(),
  certification: z.array(z.string()).optional(),
  used: z.boolean().optional(),
  same_office: z.boolean().optional(),
});
export type MonthTest = z.infer<typeof monthTestSchema>;

/**
 * Whether one of the earlier months fits. Null: none fits, and a month that is not known, or not known enough, could.
 * @param month the service month, YYYY-MM; a test of the months directly before it needs it
 */
export function someMonth(
  test: MonthTest,
  history: HistoryMonth[],
  month: string | undefined,
): boolean | null {
  if (test.within === undefined) return anyOf(history.map((one) => fits(test, one)));
  if (!month) return null;
  const window = Array.from({ length: test.within }, (_, i) => addMonths(month, -1 - i));
  return anyOf(
    window.map((wanted) => {
      const one = history.find((entry) => entry.month === wanted);
      return one ? fits(test, one) : null;
    }),
  );
}

const anyOf = (answers: (boolean | null)[]): boolean | null =>
  answers.includes(true) ? true : answers.includes(null) ? null : false;

/** Each field that is written: whether it holds of the month, or null where the month does not tell. */
function fits(test: MonthTest, month: HistoryMonth): boolean | null {
  const used = wasUsed(month);
  // A month without use has no category and no claim; an open one could have any.
  const whereUnknown = used === false ? false : null;
  const { category, addons, certification } = month;
  const answers: (boolean | null)[] = [];
  if (test.category) answers.push(category ? test.category.includes(category) : whereUnknown);
  if (test.addons) answers.push(addons ? test.addons.some((key) => addons.includes(key)) : whereUnknown);
  if (test.certification) answers.push(certification ? test.certification.includes(certification) : null);
  if (test.used !== undefined) answers.push(used === undefined ? null : used === test.used);
  if (test.same_office !== undefined)
    answers.push(typeof month.same_office === 'boolean' ? month.same_office === test.same_office : null);
  return answers.includes(false) ? false : answers.includes(null) ? null : true;
}
