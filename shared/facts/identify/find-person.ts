import type { Cover } from '../../cover-sheet/read-cover.ts';
import type { Reading } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { foldKey, nameKey } from '../../text/normalise.ts';
import type { Readings } from '../readings.ts';
import { certainValues, differsFromCover, groupBy, placeText } from './describe-reading.ts';

export interface PersonFound {
  number: string | null;
  name: string | null;
  findings: Finding[];
}

/** The one person of a packet: number and name. Two persons in one folder, or none, are findings. */
export function findPerson(readings: Readings, cover: Cover): PersonFound {
  const numbers = readings.of('insured_number');
  const byNumber = certainValues(numbers);
  if (byNumber.size > 1) return { number: null, name: null, findings: [twoPersons([...byNumber.values()])] };

  const read = [...byNumber.keys()][0] ?? (numbers[0] ? String(numbers[0].value) : undefined);
  const number = read ?? cover.insured_number ?? null;
  const isOtherOnCover =
    number && cover.insured_number && byNumber.size === 1 && foldKey(cover.insured_number) !== number;
  return {
    number,
    name: readings.first<string>('name') ?? cover.name ?? null,
    findings: [
      ...checkNames(readings.of('name'), cover),
      ...(number ? [] : [noPerson()]),
      ...(isOtherOnCover ? [differsFromCover('被保険者番号', numbers[0]!)] : []),
    ],
  };
}

/** Names are compared by sense (width, spaces, 異体字); a document with another name may belong to someone else. */
function checkNames(names: Reading[], cover: Cover): Finding[] {
  const certain = names.filter((r) => !r.uncertain);
  const byName = groupBy(certain, (r) => nameKey(String(r.value)));
  if (byName.size > 1) return [twoNames([...byName.values()])];
  const first = certain[0];
  if (cover.name && first && nameKey(cover.name) !== nameKey(String(first.value)))
    return [differsFromCover('氏名', first)];
  return [];
}

const twoPersons = (groups: Reading[][]): Finding =>
  fileFinding(
    'F_PACKET_TWO_PERSONS',
    'error',
    groups[1]![0]!.where,
    `一つのフォルダーに${groups.length}人分の被保険者番号があります（${placesOf(groups)}）。別の利用者の書類が混ざっています。`,
    '利用者一人につき一つのフォルダーに分け、混ざった書類を正しいフォルダーに移して出し直してください。',
  );

const noPerson = (): Finding =>
  fileFinding(
    'F_PACKET_NO_PERSON',
    'error',
    {},
    'どの書類からも被保険者番号を読み取れず、利用者を特定できません。',
    '被保険者番号（10桁）が読める書類（利用者基本情報、利用票、被保険者証の写しなど）を加えるか、送付票に「被保険者番号」を書いて出し直してください。',
  );

const twoNames = (groups: Reading[][]): Finding =>
  fileFinding(
    'F_FACT_NAME',
    'review',
    groups[1]![0]!.where,
    `利用者の氏名が書類の間で違います（${placesOf(groups)}）。別の利用者の書類が混ざっているおそれがあります。`,
    '氏名を確かめ、誤りがあれば直した書類に差し替え、別の利用者の書類であれば抜いて出し直してください。',
  );

/** Where each of several values was first read. */
const placesOf = (groups: Reading[][]): string => groups.map((rs) => placeText(rs[0]!)).join('、');
