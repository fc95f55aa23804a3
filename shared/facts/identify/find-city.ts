import type { Given } from '../../cover-sheet/given-facts.ts';
import type { Cover } from '../../cover-sheet/read-cover.ts';
import type { Reading } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { cityKey, cityKeys, cityName, cityOfInsurer } from '../../profiles/cities.ts';
import type { Registry } from '../../registry/registry.ts';
import { foldKey } from '../../text/normalise.ts';
import type { Readings } from '../readings.ts';
import { certainValues } from './describe-reading.ts';

export interface CityFound {
  city: string | null;
  /** number of the insurer, whether it is known here or not */
  insurer: string | null;
  registry: Registry | null;
  findings: Finding[];
}

export interface CityContext {
  registries: Registry[];
  /** city key, when the caller fixes it */
  city?: string | undefined;
}

/**
 * The city whose rules count: fixed by the caller, else by the insurer number, the cover, the address.
 * @param residence of a person under 住所地特例: the city of the facility, whose 包括 is in charge
 */
export function findCity(
  readings: Readings,
  cover: Cover,
  context: CityContext,
  residence?: string,
): CityFound {
  const numbers = readings.of('insurer_number');
  const byNumber = certainValues(numbers);
  const own = residence
    ? [...byNumber.keys()].filter((n) => cityOfNumber(n, context.registries) !== residence)
    : [];
  const read = own[0] ?? [...byNumber.keys()][0] ?? (numbers[0] ? String(numbers[0].value) : null);
  const insurer = read ?? cover.insurer_number ?? null;
  const byInsurer = insurer ? cityOfNumber(insurer, context.registries) : undefined;
  const byCover = insurer || !cover.city ? undefined : cityKey(cover.city);
  const byAddress = insurer ? undefined : cityOfAddress(readings);
  const city = context.city ?? residence ?? byInsurer ?? byCover ?? byAddress?.city ?? null;

  const where = numbers[0]?.where ?? {};
  const isByAddress = !context.city && !insurer && !byCover;
  const findings: Finding[] = [];
  if (residence && insurer && byInsurer !== city) findings.push(livesElsewhere(insurer, residence, where));
  else if (!city) findings.push(insurer ? unknownInsurer(insurer, where) : noInsurer(where));
  else if (isByAddress && byAddress) findings.push(takenFromAddress(city, byAddress.reading));
  else if (context.city && insurer && byInsurer !== city) findings.push(otherInsurer(insurer, city, where));
  const onCover = cover.city ? cityKey(cover.city) : undefined;
  if (city && !residence && onCover && onCover !== city)
    findings.push(otherCityOnCover(city, onCover, where));
  return { city, insurer, registry: context.registries.find((r) => r.city === city) ?? null, findings };
}

/** The index of cities first: no registry takes the number of another city, nor names a city without rules. */
const cityOfNumber = (insurer: string, registries: Registry[]): string | undefined =>
  cityOfInsurer(insurer) ??
  registries.find((r) => r.insurer_numbers.includes(insurer) && cityKeys().includes(r.city))?.city;

/** The city whose name the person's address begins with (after the prefecture). Not proof: 住所地特例 exists. */
function cityOfAddress(readings: Readings): { city: string; reading: Reading } | undefined {
  for (const reading of readings.of('address')) {
    const address = foldKey(String(reading.value)).replace(/^.{2,3}[都道府県]/, '');
    const city = cityKeys().find((key) => address.startsWith(foldKey(cityName(key))));
    if (city) return { city, reading };
  }
  return undefined;
}

const otherCityOnCover = (city: string, onCover: string, where: Finding['where']): Finding =>
  fileFinding(
    'F_FACT_CONFLICT',
    'review',
    where,
    `市が、送付票（${cityName(onCover)}）と書類の保険者番号（${cityName(city)}）で違います。${cityName(city)}の利用者として審査しました。`,
    '被保険者証で保険者を確かめ、送付票または書類を直して出し直してください。住所地特例であれば、その旨を送付票に書いてください。',
  );

/**
 * The city of the facility a person under 住所地特例 lives in: named on the cover, else that of the address, else the
 * city the papers were sent to. Undefined for any other person.
 */
export function residenceOf(readings: Readings, cover: Cover, given: Given): string | undefined {
  if (given.flags?.jushochi_tokurei !== true) return undefined;
  const named = typeof given.facility_city === 'string' ? cityKey(given.facility_city) : undefined;
  return named ?? cityOfAddress(readings)?.city ?? (cover.city ? cityKey(cover.city) : undefined);
}

const livesElsewhere = (insurer: string, residence: string, where: Finding['where']): Finding =>
  fileFinding(
    'F_PACKET_RESIDENCE',
    'review',
    where,
    `住所地特例の利用者です。保険者（${insurer}）は別の市町村ですが、施設のある${cityName(residence)}の地域包括支援センターが担当するため、${cityName(residence)}の決まりで審査しました。どの市町村の指定を受けた事業所が直接実施できるかは、担当者が確かめます。`,
    '住所地特例であることが分かる被保険者証の写しと、施設の名称・所在地が分かる書類を添えてください。すでに添えてあれば、確認を待ってください。',
  );

const unknownInsurer = (insurer: string, where: Finding['where']): Finding =>
  fileFinding(
    'F_PACKET_UNKNOWN_INSURER',
    'error',
    where,
    `保険者番号「${insurer}」は、この受付が扱う市の番号ではありません。`,
    '被保険者証で保険者番号を確かめてください。番号が正しければ、その市町村の窓口へ提出してください。住所地特例でこの受付の市の施設に住む利用者であれば、送付票に住所地特例と書いて出し直してください。',
  );

const noInsurer = (where: Finding['where']): Finding =>
  fileFinding(
    'F_PACKET_UNKNOWN_INSURER',
    'error',
    where,
    'どの書類からも保険者番号（6桁）を読み取れないため、どの市の決まりで審査するか決められません。',
    '保険者番号が読める書類を加えるか、送付票の「保険者番号」に番号を書いて出し直してください。',
  );

const takenFromAddress = (city: string, { where }: Reading): Finding =>
  fileFinding(
    'F_PACKET_UNKNOWN_INSURER',
    'review',
    where,
    `どの書類からも保険者番号（6桁）を読み取れないため、住所から${cityName(city)}の利用者として審査しました。`,
    '保険者番号が読める書類を加えるか、送付票の「保険者番号」に番号を書いて出し直すと、確認を待たずに処理できます。',
  );

const otherInsurer = (insurer: string, city: string, where: Finding['where']): Finding =>
  fileFinding(
    'F_PACKET_UNKNOWN_INSURER',
    'review',
    where,
    `保険者番号「${insurer}」は、指定された市（${cityName(city)}）の番号として登録されていません。`,
    '住所地特例であればその旨を送付票に書いてください。番号の誤りであれば直して出し直してください。',
  );
