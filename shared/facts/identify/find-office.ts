import type { Cover } from '../../cover-sheet/read-cover.ts';
import type { ReadDocument } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { cityName } from '../../profiles/cities.ts';
import type { Registry } from '../../registry/registry.ts';
import { foldKey } from '../../text/normalise.ts';
import type { Readings } from '../readings.ts';

/** The office that sends: the plan's sender, the office on the plan, the cover; a registered one before an unknown one. */
export function findOffice(readings: Readings, cover: Cover, registry: Registry | null, findings: Finding[]) {
  const isPlan = (d: ReadDocument): boolean =>
    /^(UPYOBO|UPKIHON|UPPLAN|UPSIKYU|UPHOSOKU)/.test(d.title ?? '');
  const printed = readings.of('office_number').map((r) => r.value);
  const named = readings.of('office_name').map((r) => numberOf(String(r.value), registry));
  const isNumber = (v: unknown): v is string => typeof v === 'string' && v !== '';
  const own = [
    ...readings.of('sender_number', isPlan).map((r) => r.value),
    ...printed,
    cover.office_number,
  ].filter(isNumber);
  const receivers = readings.of('receiver_number', (d) => d.title === 'UPJSK').map((r) => r.value);
  const registered = [...own, ...named].filter(isNumber).find((n) => isRegistered(n, registry));
  // Whom 実績 is sent to may be the center it was passed on to; it tells the office only when nothing else does.
  const number = registered ?? own[0] ?? receivers.find(isNumber) ?? null;
  const office = registry?.offices.find((o) => o.number === number) ?? null;
  const isCenter =
    (registry?.centers.some((c) => c.number === number) ?? false) || (number?.[2] === '0' && !office);
  if (registry && !office && !isCenter) {
    findings.push(
      fileFinding(
        'F_PACKET_OFFICE',
        'review',
        readings.of('sender_number')[0]?.where ?? readings.of('office_number')[0]?.where ?? {},
        number
          ? `事業所番号「${number}」は、${cityName(registry.city)}の登録簿にありません。指定や委託の有無を確かめられません。`
          : '提出した事業所の番号を、どの書類からも読み取れません。',
        number
          ? '事業所番号を確かめてください。正しければ、市が登録簿に加えるまで審査担当が確認します。'
          : '送付票（packet.json）の office_number に事業所番号を書いて出し直すと、早く処理できます。',
      ),
    );
  }
  return { number, office, isCenter };
}

const isRegistered = (number: string, registry: Registry | null): boolean =>
  [...(registry?.offices ?? []), ...(registry?.centers ?? [])].some((o) => o.number === number);

/**
 * The number of the registered office or center that is printed by this name and no other.
 * 「事業所名・担当者名」 is one field on a 利用票: the name may go on with the care manager's.
 */
function numberOf(name: string, registry: Registry | null): string | undefined {
  const printed = foldKey(name);
  const registered = [...(registry?.offices ?? []), ...(registry?.centers ?? [])];
  const named = (fits: (key: string) => boolean): typeof registered =>
    registered.filter((o) => fits(foldKey(o.name)));
  const same = named((key) => key === printed);
  const found = same.length > 0 ? same : named((key) => key !== '' && printed.startsWith(key));
  return found.length === 1 ? found[0]!.number : undefined;
}
