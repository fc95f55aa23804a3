import type { Claimant, DecisionContext } from '../shared/decision/decision-context.ts';
import type { PacketVerdict } from '../shared/decision/verdict.ts';
import type { Category } from '../shared/vocabulary/category.ts';

const MONTHS_KEPT = 3;

/** Replaces the desk's records where nothing is stored: the latest months of each person. */
export class RecentMonths {
  private readonly months = new Map<string, Map<string, Claimant[]>>();

  add({ insured_number, service_month, category, office_number, decision }: PacketVerdict): void {
    if (!insured_number || !service_month || !office_number || decision === 'return') return;
    const months = this.months.get(insured_number) ?? new Map<string, Claimant[]>();
    this.months.set(insured_number, months);
    const others = (months.get(service_month) ?? []).filter(
      (sender) => sender.office_number !== office_number,
    );
    months.set(service_month, [...others, { office_number, category }]);
    const [oldest] = months.keys();
    if (months.size > MONTHS_KEPT && oldest) months.delete(oldest);
  }

  historyOf: NonNullable<DecisionContext['historyOf']> = async ({ insured_number }, months) =>
    months.flatMap((month) => {
      const last = this.months
        .get(insured_number)
        ?.get(month)
        ?.findLast((sender) => sender.category);
      if (!last?.category) return [];
      const { office_number, category } = last;
      return [{ month, category: category as Category, office_number, same_office: null, used: undefined }];
    });

  claimantsOf = async ({ insured_number }: { insured_number: string }, month: string): Promise<Claimant[]> =>
    this.months.get(insured_number)?.get(month) ?? [];
}
