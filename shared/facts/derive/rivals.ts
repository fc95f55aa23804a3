import { type FactSheet, factValue } from '../fact.ts';
import { putDerived } from './put-derived.ts';

/** Another sender of papers of the same person and month. */
export interface OtherSender {
  /** as the office reads it: name and number */
  name: string;
  /** the category its papers were judged to be of; null where it could not be decided */
  category: string | null;
  /** one of the two senders is a center */
  with_center: boolean;
}

/**
 * The other senders that cannot both claim the month. A center and the office it commissioned both send papers and are
 * no rivals; a center and an office that provides 介護予防支援 directly are.
 */
export function deriveRivals(facts: FactSheet): void {
  const senders = factValue<OtherSender[]>(facts, 'other_senders') ?? [];
  const isDirect = (category: unknown): boolean => category === 'yobo_shien_direct';
  const own = factValue<string>(facts, 'category');
  const rivals = senders.filter((o) => !o.with_center || isDirect(own) || isDirect(o.category));
  if (rivals.length === 0) return;
  putDerived(facts, 'rival_offices', rivals.map(({ name }) => name).join('、'), { from: 'other_senders' });
}
