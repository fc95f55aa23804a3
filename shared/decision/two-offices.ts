import { type Finding, fileFinding } from '../findings/finding.ts';
import type { Registry } from '../registry/registry.ts';
import type { Sender } from './decision-context.ts';

/**
 * Somebody else sent papers of the same person and month: only one of them can file the 給付管理票 and the claim
 * (returned by the 国保連 as ANN0, ANN2 or ANN4). No source says which of the two, so a person decides.
 * A center and the office it commissioned both send papers of one month and are no rivals; a center and an office that
 * provides 介護予防支援 directly are.
 */
export function twoOffices(
  own: { office_number: string | null; category: string | null },
  senders: Sender[],
  registries: Registry[],
): Finding[] {
  const { office_number } = own;
  if (!office_number) return [];
  const centers = new Map(registries.flatMap((r) => r.centers.map((c) => [c.number, c.name])));
  const offices = new Map(registries.flatMap((r) => r.offices.map((o) => [o.number, o.name])));
  const isDirect = (category: string | null): boolean => category === 'yobo_shien_direct';
  const rivals = senders.filter(
    (other) =>
      other.office_number !== office_number &&
      (centers.has(office_number) || centers.has(other.office_number)
        ? isDirect(own.category) || isDirect(other.category)
        : true),
  );
  if (rivals.length === 0) return [];
  const names = rivals.map(({ office_number: number }) => {
    const name = offices.get(number) ?? centers.get(number);
    return name ? `${name}（${number}）` : number;
  });
  return [
    fileFinding(
      'F_PACKET_TWO_OFFICES',
      'review',
      {},
      `同じ利用者の同じ提供月の書類を、${names.join('、')}からも受け付けています。給付管理票と請求は、一人一月に一か所からしか出せません。`,
      `${names.join('、')}と、どちらがこの月の給付管理と請求を担当するかを確かめ、担当しない側の提出を取り下げてください。決まるまで請求は控えてください。`,
    ),
  ];
}
