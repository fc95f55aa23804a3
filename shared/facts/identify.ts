import type { ReadDocument, Reading } from '../documents/document.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import type { Cover } from '../packet/read-cover.ts';
import type { RegisteredOffice, Registry } from '../registry/registry.ts';
import { cityKey, cityOfInsurer, loadProfile } from '../rules/profile.ts';
import { foldKey, nameKey } from '../text/normalise.ts';
import type { Readings } from './readings.ts';

/** Who and where a packet is about. null: nobody said, or the sources disagree (a finding says which). */
export interface Identity {
  city: string | null;
  registry: Registry | null;
  insurer_number: string | null;
  insured_number: string | null;
  name: string | null;
  office_number: string | null;
  office: RegisteredOffice | null;
  /** true when the sender is a 地域包括支援センター of the register */
  is_center: boolean;
  area: string | null;
  center_number: string | null;
  /** the area the address lies in, whatever the sender wrote */
  home_area: string | null;
}

interface Context {
  registries: Registry[];
  city?: string | undefined;
}

/** Reads person, office, city and area from the documents, then the cover, then the register. */
export function identify(
  readings: Readings,
  cover: Cover,
  context: Context,
): { identity: Identity; findings: Finding[] } {
  const findings: Finding[] = [];
  const insured = person(readings, cover, findings);
  const { city, insurer, registry } = findCity(readings, cover, context, findings);
  const { number, office, isCenter } = findOffice(readings, cover, registry, findings);
  const place = findArea(readings, cover, registry, findings);
  return {
    identity: {
      city,
      registry,
      insurer_number: insurer,
      insured_number: insured.number,
      name: insured.name,
      office_number: number,
      office,
      is_center: isCenter,
      ...place,
    },
    findings,
  };
}

function person(
  readings: Readings,
  cover: Cover,
  findings: Finding[],
): { number: string | null; name: string | null } {
  const numbers = readings.of('insured_number');
  const distinct = groupBy(
    numbers.filter((r) => !r.uncertain),
    (r) => String(r.value),
  );
  const names = readings.of('name');
  if (distinct.size > 1) {
    const places = [...distinct.values()].map((rs) => placeText(rs[0]!));
    findings.push(
      fileFinding(
        'F_PACKET_TWO_PERSONS',
        'error',
        [...distinct.values()][1]![0]!.where,
        `一つのフォルダーに${distinct.size}人分の被保険者番号があります（${places.join('、')}）。別の利用者の書類が混ざっています。`,
        '利用者一人につき一つのフォルダーに分け、混ざった書類を正しいフォルダーに移して出し直してください。',
      ),
    );
    return { number: null, name: null };
  }
  const number =
    [...distinct.keys()][0] ??
    (numbers[0] ? String(numbers[0].value) : undefined) ??
    cover.insured_number ??
    null;
  checkNames(names, cover, findings);
  const name = (names[0]?.value as string | undefined) ?? cover.name ?? null;
  if (!number) {
    findings.push(
      fileFinding(
        'F_PACKET_NO_PERSON',
        'error',
        {},
        'どの書類からも被保険者番号を読み取れず、利用者を特定できません。',
        '被保険者番号（10桁）が読める書類（利用者基本情報、利用票、被保険者証の写しなど）を加えるか、送付票（packet.json）の insured_number に番号を書いて出し直してください。',
      ),
    );
  } else if (distinct.size === 0 && numbers.length > 0) {
    findings.push(
      fileFinding(
        'F_FILE_OCR',
        'review',
        numbers[0]!.where,
        '被保険者番号を画像からの読み取りだけで確認しています。読み違いのおそれがあるため、確認が必要です。',
        '番号が文字で入った書類（CSVや文字のあるPDF）を一つ加えると、確認なしで受け付けられます。',
      ),
    );
  }
  if (number && cover.insured_number && distinct.size === 1 && foldKey(cover.insured_number) !== number) {
    findings.push(differs('被保険者番号', numbers[0]!));
  }
  return { number, name };
}

/** Names are compared by sense (width, spaces, 異体字); a document with another name may belong to someone else. */
function checkNames(names: Reading[], cover: Cover, findings: Finding[]): void {
  const certain = names.filter((r) => !r.uncertain);
  const groups = groupBy(certain, (r) => nameKey(String(r.value)));
  if (groups.size > 1) {
    const places = [...groups.values()].map((rs) => placeText(rs[0]!));
    findings.push(
      fileFinding(
        'F_FACT_NAME',
        'review',
        [...groups.values()][1]![0]!.where,
        `利用者の氏名が書類の間で違います（${places.join('、')}）。別の利用者の書類が混ざっているおそれがあります。`,
        '氏名を確かめ、誤りがあれば直した書類に差し替え、別の利用者の書類であれば抜いて出し直してください。',
      ),
    );
  } else if (cover.name && certain.length > 0 && nameKey(cover.name) !== nameKey(String(certain[0]!.value))) {
    findings.push(differs('氏名', certain[0]!));
  }
}

function findCity(readings: Readings, cover: Cover, context: Context, findings: Finding[]) {
  const numbers = readings.of('insurer_number');
  const groups = groupBy(
    numbers.filter((r) => !r.uncertain),
    (r) => String(r.value),
  );
  if (groups.size > 1) {
    findings.push(
      fileFinding(
        'F_FACT_CONFLICT',
        'review',
        [...groups.values()][1]![0]!.where,
        `保険者番号が書類の間で違います（${[...groups.keys()].join('、')}）。`,
        '被保険者証で保険者番号を確かめ、違っている書類を直して出し直してください。',
      ),
    );
  }
  const insurer =
    [...groups.keys()][0] ?? (numbers[0] ? String(numbers[0].value) : null) ?? cover.insurer_number ?? null;
  const fromRegister = context.registries.find(
    (r) => insurer !== null && r.insurer_numbers.includes(insurer),
  )?.city;
  const known = fromRegister ?? (insurer ? cityOfInsurer(insurer) : undefined);
  const city =
    context.city ?? known ?? (insurer ? undefined : cover.city ? cityKey(cover.city) : undefined) ?? null;
  const where = numbers[0]?.where ?? {};
  if (!city) {
    findings.push(
      fileFinding(
        'F_PACKET_UNKNOWN_INSURER',
        'error',
        where,
        insurer
          ? `保険者番号「${insurer}」は、この受付が扱う市の番号ではありません。`
          : 'どの書類からも保険者番号（6桁）を読み取れないため、どの市の決まりで審査するか決められません。',
        insurer
          ? '被保険者証で保険者番号を確かめてください。番号が正しければ、その市町村の窓口へ提出してください。'
          : '保険者番号が読める書類を加えるか、送付票（packet.json）の insurer_number に番号を書いて出し直してください。',
      ),
    );
  } else if (insurer && known !== city && context.city) {
    findings.push(
      fileFinding(
        'F_PACKET_UNKNOWN_INSURER',
        'review',
        where,
        `保険者番号「${insurer}」は、指定された市（${loadProfile(city).name}）の番号として登録されていません。`,
        '住所地特例であればその旨を送付票に書いてください。番号の誤りであれば直して出し直してください。',
      ),
    );
  }
  return { city, insurer, registry: context.registries.find((r) => r.city === city) ?? null };
}

/** The office that sends: the plan's sender, the office on the plan, the cover; a registered one before an unknown one. */
function findOffice(readings: Readings, cover: Cover, registry: Registry | null, findings: Finding[]) {
  const isPlan = (d: ReadDocument): boolean =>
    /^(UPYOBO|UPKIHON|UPPLAN|UPSIKYU|UPHOSOKU)/.test(d.title ?? '');
  const printed = readings.of('office_number').map((r) => r.value);
  const candidates = [
    ...readings.of('sender_number', isPlan).map((r) => r.value),
    ...printed,
    cover.office_number,
    ...readings.of('receiver_number', (d) => d.title === 'UPJSK').map((r) => r.value),
  ].filter((v): v is string => typeof v === 'string' && v !== '');
  const registered = candidates.find(
    (n) => registry?.offices.some((o) => o.number === n) || registry?.centers.some((c) => c.number === n),
  );
  const number = registered ?? candidates[0] ?? null;
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
          ? `事業所番号「${number}」は、${loadProfile(registry.city).name}の登録簿にありません。指定や委託の有無を確かめられません。`
          : '提出した事業所の番号を、どの書類からも読み取れません。',
        number
          ? '事業所番号を確かめてください。正しければ、市が登録簿に加えるまで審査担当が確認します。'
          : '送付票（packet.json）の office_number に事業所番号を書いて出し直すと、早く処理できます。',
      ),
    );
  }
  return { number, office, isCenter };
}

function findArea(readings: Readings, cover: Cover, registry: Registry | null, findings: Finding[]) {
  const areas = registry?.areas ?? [];
  const byKey = cover.area ? areas.find((a) => a.key === cover.area || a.name === cover.area) : undefined;
  const byNumber = cover.center_number ? areas.find((a) => a.center === cover.center_number) : undefined;
  const centerName = readings.first<string>('center_name');
  const center = centerName ? registry?.centers.find((c) => sameName(c.name, centerName)) : undefined;
  const byCenter = center ? areas.filter((a) => a.center === center.number) : [];
  const home = byAddress(readings, cover, areas);
  const area = byKey ?? byNumber ?? (byCenter.length === 1 ? byCenter[0] : undefined) ?? home ?? byCenter[0];
  if (!area && !(cover.area && areas.length === 0)) {
    findings.push(
      fileFinding(
        'F_PACKET_AREA',
        registry ? 'review' : 'info',
        readings.of('address')[0]?.where ?? {},
        registry
          ? '利用者の担当圏域（地域包括支援センター）が、送付票・計画書・住所のどれからも決まりません。市の窓口で振り分けます。'
          : '登録簿がないため、利用者の担当圏域を決めていません。',
        '利用者基本情報の住所と、計画書の担当地域包括支援センターの記載を確かめてください。',
      ),
    );
  }
  return {
    area: area?.key ?? (areas.length === 0 ? (cover.area ?? null) : null),
    center_number: area?.center ?? center?.number ?? cover.center_number ?? null,
    home_area: home?.key ?? null,
  };
}

/** The longest registered address that begins the person's own wins; else the postal code. */
function byAddress(
  readings: Readings,
  cover: Cover,
  areas: Registry['areas'],
): Registry['areas'][number] | undefined {
  const address = foldKey(readings.first<string>('address') ?? cover.address ?? '');
  const postal = foldKey(readings.first<string>('postal_code') ?? '');
  const matches = areas
    .flatMap((area) => area.addresses.map((a) => ({ area, key: foldKey(a) })))
    .filter(({ key }) => address !== '' && key !== '' && (address.startsWith(key) || address.includes(key)))
    .sort((a, b) => b.key.length - a.key.length);
  if (matches[0]) return matches[0].area;
  const byPostal = areas.filter((a) => postal !== '' && a.postal_codes.some((p) => foldKey(p) === postal));
  return byPostal.length === 1 ? byPostal[0] : undefined;
}

const sameName = (a: string, b: string): boolean =>
  foldKey(a).includes(foldKey(b)) || foldKey(b).includes(foldKey(a));

function groupBy(readings: Reading[], key: (r: Reading) => string): Map<string, Reading[]> {
  const groups = new Map<string, Reading[]>();
  for (const r of readings) groups.set(key(r), [...(groups.get(key(r)) ?? []), r]);
  return groups;
}

/** Where it stands, without the value: findings travel further than documents. */
export function placeText(reading: Reading): string {
  const { file, row, page } = reading.where;
  const at = row ? `${row}行目` : page ? `${page}ページ` : '';
  return `${file ?? '送付票'}${at && ` ${at}`}`;
}

const differs = (what: string, reading: Reading): Finding =>
  fileFinding(
    'F_FACT_CONFLICT',
    'review',
    reading.where,
    `${what}が、送付票と書類（${placeText(reading)}）で違います。書類の記載で審査しました。`,
    `どちらが正しいか確かめ、送付票または書類を直して出し直してください。`,
  );
