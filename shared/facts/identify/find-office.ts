import type { Cover } from '../../cover-sheet/read-cover.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { cityName } from '../../profiles/cities.ts';
import type { RegisteredOffice, Registry } from '../../registry/registry.ts';
import { foldKey } from '../../text/normalise.ts';
import { type Comparable, toSource } from '../compare/document-readings.ts';
import { sameOffice } from '../compare/sameness.ts';
import { onCoverSheet } from '../compare/source-reading.ts';
import type { DocumentFilter, Readings } from '../readings.ts';

export interface OfficeFound {
  number: string | null;
  /** null where no registry lists it */
  office: RegisteredOffice | null;
  /** true for a 地域包括支援センター */
  isCenter: boolean;
  findings: Finding[];
}

/** The office that sends: the plan's sender, the office on the plan, the cover; a registered one before an unknown one. */
export function findOffice(readings: Readings, cover: Cover, registry: Registry | null): OfficeFound {
  const number = senderOf(readings, cover, registry);
  const office = registry?.offices.find((o) => o.number === number) ?? null;
  const isListedCenter = registry?.centers.some((c) => c.number === number) ?? false;
  // The third digit of a 地域包括支援センター is 0.
  const isCenter = isListedCenter || (number?.[2] === '0' && !office);
  const findings = registry && !office && !isCenter ? [unregistered(number, readings, registry)] : [];
  return { number, office, isCenter, findings };
}

/** Every office the papers and the cover name; a printed name counts where the registry has one office of that name. */
export function officesShown(readings: Readings, cover: Cover, registry: Registry | null): Comparable {
  const numbers = [...readings.of('sender_number', isSentByOffice), ...readings.of('office_number')];
  const named = readings.of('office_name').flatMap((reading) => {
    const number = numberOf(String(reading.value), registry);
    return number ? [{ ...reading, value: number }] : [];
  });
  const shown = [...numbers, ...named].filter(({ value, uncertain }) => isNumber(value) && !uncertain);
  const onCover = isNumber(cover.office_number) ? [onCoverSheet(cover.office_number)] : [];
  return {
    path: 'office_number',
    readings: [...shown.map(toSource), ...onCover],
    same: sameOffice,
    isNewest: false,
  };
}

function senderOf(readings: Readings, cover: Cover, registry: Registry | null): string | null {
  const written = [
    ...readings.of('sender_number', isSentByOffice).map((r) => r.value),
    ...readings.of('office_number').map((r) => r.value),
    cover.office_number,
  ].filter(isNumber);
  const named = readings.of('office_name').map((r) => numberOf(String(r.value), registry));
  const registered = [...written, ...named].filter(isNumber).find((n) => isRegistered(n, registry));
  // 実績 may be sent to the center it was passed on to: its receiver is the office only when nothing else names one.
  const receivers = readings.of('receiver_number', (d) => d.title === 'UPJSK').map((r) => r.value);
  return registered ?? written[0] ?? receivers.find(isNumber) ?? null;
}

/** CSV types that the office of the plan sends. */
const isSentByOffice: DocumentFilter = ({ title }) =>
  /^(UPYOBO|UPKIHON|UPPLAN|UPSIKYU|UPHOSOKU)/.test(title ?? '');

const isNumber = (value: unknown): value is string => typeof value === 'string' && value !== '';

const registeredIn = (registry: Registry | null) => [
  ...(registry?.offices ?? []),
  ...(registry?.centers ?? []),
];

const isRegistered = (number: string, registry: Registry | null): boolean =>
  registeredIn(registry).some((o) => o.number === number);

/**
 * The number of the registered office or center that is printed by this name and no other.
 * 「事業所名・担当者名」 is one field on a 利用票: the care manager's name may follow.
 */
function numberOf(name: string, registry: Registry | null): string | undefined {
  const printed = foldKey(name);
  const named = (fits: (key: string) => boolean) =>
    registeredIn(registry).filter((o) => fits(foldKey(o.name)));
  const exact = named((key) => key === printed);
  const matches = exact.length > 0 ? exact : named((key) => key !== '' && printed.startsWith(key));
  return matches.length === 1 ? matches[0]!.number : undefined;
}

const unregistered = (number: string | null, readings: Readings, registry: Registry): Finding =>
  fileFinding(
    'F_PACKET_OFFICE',
    'review',
    readings.of('sender_number')[0]?.where ?? readings.of('office_number')[0]?.where ?? {},
    number
      ? `事業所番号「${number}」は、${cityName(registry.city)}の登録簿にありません。指定や委託の有無を確かめられません。`
      : '提出した事業所の番号を、どの書類からも読み取れません。',
    number
      ? '事業所番号を確かめてください。正しければ、市が登録簿に加えるまで審査担当が確認します。'
      : '送付票に「事業所番号」を書いて出し直すと、早く処理できます。',
  );
