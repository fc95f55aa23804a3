import type { Cover } from '../../cover-sheet/read-cover.ts';
import type { Reading } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { foldKey, nameKey } from '../../text/normalise.ts';
import type { Readings } from '../readings.ts';
import { differs, groupBy, placeText } from './telling.ts';

/** The one person of a packet: number and name. Two persons in one folder, or none, are findings. */
export function findPerson(
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
