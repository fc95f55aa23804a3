import { sendingOf } from '../../lib/csv/sending.ts';
import { upkihonFiles } from '../../lib/csv/upkihon.ts';
import { upplanFile } from '../../lib/csv/upplan.ts';
import { hihokenshasho } from '../../lib/forms/hihokenshasho.ts';
import { keikaKiroku } from '../../lib/forms/keika.ts';
import type { Case, Person } from '../../lib/model.ts';
import { insuredNumber, insurerNumber } from '../../lib/numbers.ts';
import { cidPdf } from '../../lib/raw-pdf.ts';
import type { Dossier } from '../dossier.ts';
import { type Defect, expectFinding, hasCover, hasPapers, setOnCover, undecidable } from './defect.ts';

/** No person of the city: serials of generated persons are lower. */
const stranger = (p: Person): Person => ({
  ...p,
  insured: insuredNumber(990_000 + Number(p.insured.slice(-3))),
  name: p.name.startsWith('例示') ? '見本 別人' : '例示 別人',
  kana: 'ベツ ジン',
  birth: '1933-03-03',
});

/** The person of the papers, and their sender. */
export const wrongPersons: Defect[] = [
  {
    name: 'form-of-another-person',
    rule: 'F_PACKET_TWO_PERSONS',
    codes: ['F_PACKET_TWO_PERSONS'],
    why: '別の利用者の被保険者証が混ざった',
    applies: (d) => hasPapers(d) && d.csv.length > 0,
    plant(d) {
      const other: Case = { ...d.c, person: stranger(d.c.person) };
      d.tampering.push((files) => [
        ...files,
        { name: '被保険者証_控え.pdf', bytes: cidPdf(hihokenshasho(other), '被保険者証', 'UniJIS-UTF16-H') },
      ]);
      twoPersons(d);
    },
  },
  {
    name: 'record-of-another-person',
    rule: 'F_FACT_NAME',
    codes: ['F_FACT_NAME'],
    why: '氏名の違う経過記録が混ざった',
    applies: (d) => hasPapers(d) && d.papers.keika === null && d.csv.includes('plan'),
    plant(d) {
      const other: Case = { ...d.c, person: stranger(d.c.person) };
      const pages = keikaKiroku(other, '介護予防支援経過記録', [
        { date: `${d.c.month}-10`, text: 'サービスの様子を確認した。' },
      ]);
      d.tampering.push((files) => [
        ...files,
        { name: '経過記録_控え.pdf', bytes: cidPdf(pages, '経過記録', 'UniJIS-UTF16-H') },
      ]);
      expectFinding(d, 'F_FACT_NAME', 'review', 'F_FACT_NAME');
      d.tolerated.push('F_RECORD_TAG');
    },
  },
  {
    name: 'csv-of-another-person',
    rule: 'F_PACKET_TWO_PERSONS',
    codes: ['F_PACKET_TWO_PERSONS'],
    why: '別の利用者の実績のCSVが混ざった',
    applies: (d) => d.csv.includes('jisseki') && (d.c.used?.length ?? 0) > 0,
    plant(d) {
      const other: Case = { ...d.c, person: stranger(d.c.person) };
      d.tampering.push((files) => [
        ...files,
        upplanFile([other], { ...sendingOf(other, `${d.stamp.slice(0, 12)}59`), to: d.to.number }, 'UPJSK'),
      ]);
      twoPersons(d);
    },
  },
  {
    name: 'two-persons-in-one-csv',
    rule: 'F_PACKET_TWO_PERSONS',
    codes: ['F_PACKET_TWO_PERSONS'],
    why: '二人分の基本情報のCSVを一人のフォルダーに入れた',
    applies: (d) => d.csv.includes('kihon'),
    plant(d) {
      const other: Case = { ...d.c, person: stranger(d.c.person) };
      const both = upkihonFiles([d.c, other], { ...sendingOf(d.c, d.stamp), to: d.to.number });
      d.tampering.push((files) => files.map((file) => both.find((b) => b.name === file.name) ?? file));
      d.tampering.push((files) =>
        files.some((f) => both.some((b) => b.name === f.name)) ? files : [...files, ...both],
      );
      twoPersons(d);
    },
  },
  {
    name: 'number-differs-on-cover',
    rule: 'F_FACT_CONFLICT',
    codes: ['F_FACT_CONFLICT'],
    why: '送付票の被保険者番号を書き間違えた',
    applies: (d) => hasCover(d) && d.csv.length > 0,
    plant(d) {
      setOnCover(d, { insured_number: stranger(d.c.person).insured });
      expectFinding(d, 'F_FACT_CONFLICT', 'review', 'F_FACT_CONFLICT');
    },
  },
  {
    name: 'name-differs-on-cover',
    rule: 'F_FACT_CONFLICT',
    codes: ['F_FACT_CONFLICT'],
    why: '送付票に別の人の氏名を書いた',
    applies: (d) => hasCover(d) && d.csv.length > 0,
    plant(d) {
      setOnCover(d, { name: stranger(d.c.person).name });
      expectFinding(d, 'F_FACT_CONFLICT', 'review', 'F_FACT_CONFLICT');
    },
  },
  {
    name: 'insurer-of-no-city',
    rule: 'F_PACKET_UNKNOWN_INSURER',
    codes: ['F_PACKET_UNKNOWN_INSURER'],
    why: 'この受付が扱わない保険者番号',
    applies: (d) => d.csv.length > 0,
    plant(d) {
      d.c.city = { ...d.c.city, insurer: insurerNumber('99999') };
      setOnCover(d, { insurer_number: insurerNumber('99999') });
      d.needs = [];
      d.standing = [];
      expectFinding(d, 'F_PACKET_UNKNOWN_INSURER', 'error', 'F_PACKET_UNKNOWN_INSURER');
      Object.assign(d.verdict, {
        category: null,
        payer: null,
        base_units: null,
        total_units: null,
        missing: [],
        findings: [{ code: 'F_PACKET_UNKNOWN_INSURER', severity: 'error', rule: 'F_PACKET_UNKNOWN_INSURER' }],
      });
    },
  },
  {
    name: 'office-not-in-registry',
    rule: 'F_PACKET_OFFICE',
    codes: ['F_PACKET_OFFICE'],
    why: '登録簿にない事業所が送った',
    applies: (d) =>
      hasCover(d) &&
      d.month.office !== null &&
      d.month.route === 'itaku' &&
      d.month.event === 'continuing' &&
      d.month.kind !== null,
    plant(d) {
      const unknown = `${d.c.office!.number.slice(0, 5)}9${d.c.office!.number.slice(6)}`;
      d.c.office = { ...d.c.office!, number: unknown, name: '市外第九居宅介護支援事業所' };
      setOnCover(d, { office_number: unknown });
      expectFinding(d, 'F_PACKET_OFFICE', 'review', 'F_PACKET_OFFICE');
      // the office itself may have sent the plan of the month
      d.tolerated.push('F_PACKET_TWO_OFFICES');
      if (d.month.city === 'okayama') d.tolerated.push('F_CONTRACT_MISSING');
    },
  },
];

/** The person of the month is open; findings of the rules do not count. */
function twoPersons(d: Dossier): void {
  expectFinding(d, 'F_PACKET_TWO_PERSONS', 'error', 'F_PACKET_TWO_PERSONS');
  d.tolerated.push('F_FACT_NAME', 'F_FACT_CONFLICT');
  Object.assign(d.verdict, undecidable());
}
