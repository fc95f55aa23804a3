import type { OtherSender } from '../facts/derive/rivals.ts';
import type { FactSheet } from '../facts/fact.ts';
import type { Registry } from '../registry/registry.ts';
import type { Claimant } from './decision-context.ts';

/** Puts who else sent papers of the person and month, by the records. Nothing where the sender itself is not known. */
export function putOtherSenders(
  facts: FactSheet,
  office: string | null,
  claimants: Claimant[],
  registries: Registry[],
): void {
  const others = claimants.filter(({ office_number }) => office_number !== office);
  if (!office || others.length === 0) return;
  const centers = new Map(registries.flatMap((r) => r.centers.map((c) => [c.number, c.name])));
  const offices = new Map(registries.flatMap((r) => r.offices.map((o) => [o.number, o.name])));
  const value = others.map(({ office_number: number, category }): OtherSender => {
    const name = offices.get(number) ?? centers.get(number);
    const withCenter = centers.has(office) || centers.has(number);
    return { name: name ? `${name}（${number}）` : number, category, with_center: withCenter };
  });
  facts.set('other_senders', {
    path: 'other_senders',
    state: 'known',
    value,
    evidence: [],
    reason: '同じ利用者の同じ提供月の受付記録',
  });
}
