import type { Given } from '../../../../shared/cover-sheet/given-facts.ts';
import { FACT_USES } from '../../../../shared/facts/compare/fact-uses.ts';
import type { Finding } from '../../../../shared/findings/finding.ts';
import { factLabel } from '../../../../shared/vocabulary/fact-labels.ts';

/** Another value of the same shape. */
export function otherThan(path: string, value: unknown): unknown {
  if (path === 'event') return 'new';
  if (path.startsWith('services_')) return [{ name: '別', class: 'shitei_igai' }];
  if (path === 'monitoring')
    return (value as { month: string; visit?: boolean }[]).map(({ month, visit }) => ({
      month,
      visit: !visit,
    }));
  if (path === 'history') return [{ month: '2024-04', category: 'kyotaku' }];
  if (path === 'checklist_answers') return { 1: 1 };
  if (path === 'contracts') return [['riyosha', 'mito_city']];
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (Array.isArray(value)) return ['別のもの'];
  return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? '2001-01-01' : '別の値';
}

/** A fact as a cover writes it: `dates.today` as `{ dates: { today } }`. */
export function onCover(path: string, value: unknown): Given {
  const [group, member] = path.split('.');
  return (member ? { [group!]: { [member]: value } } : { [path]: value }) as Given;
}

/** The findings that name a fact. */
export const about = (path: string, found: Finding[]): Finding[] =>
  found.filter((f) => f.message.includes(`「${FACT_USES[path]?.label ?? factLabel(path)}」`));
