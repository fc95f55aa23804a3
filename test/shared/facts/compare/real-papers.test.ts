import { describe, expect, it } from 'vitest';
import { decideFiles, exported, type Files } from '../../../builders/office-export.ts';
import { embeddedPdf, type PageLines, row } from '../../../builders/pdf.ts';

// Disagreements between sources, planted in papers of an upload that is split by person.
const [HANAKO, TARO] = ['花子', '太郎'].map((name, i) => ({
  ...{ number: `000778000${i + 1}`, name: `見本　${name}`, month: '202406', services: ['A21111', '631111'] },
})) as [Person, Person];
interface Person {
  number: string;
  name: string;
  month: string;
  services: string[];
}
const UNIT: Files = {
  ...exported('UPPLAN', [HANAKO, TARO]),
  ...exported('UPJSK', [HANAKO, TARO]),
  ...exported('UPHOSOKU', [HANAKO, TARO]),
};
const coverOf = (values: object): Files => ({
  '花子/packet.json': JSON.stringify({ insured_number: HANAKO.number, ...values }),
});
const card = (...lines: PageLines): Promise<Uint8Array> =>
  embeddedPdf([
    [
      { text: '介護保険被保険者証', size: 14 },
      row('番号', HANAKO.number),
      row('氏名', HANAKO.name),
      ...lines,
    ],
  ]);

async function conflictsOf(files: Files, over = {}): Promise<Record<string, string[]>> {
  const { verdicts } = await decideFiles({ ...UNIT, ...files }, over);
  return Object.fromEntries(
    verdicts.map(({ insured_number, decision, findings }) => [
      insured_number,
      [
        decision,
        ...findings
          .filter(({ code, severity }) => severity !== 'info' && /CONFLICT|SENDER|MONTHS|NAME$/.test(code))
          .map(({ message }) => message),
      ],
    ]),
  );
}

describe('a 送付票 that disagrees with the CSV of one person in a file of several', () => {
  it.each([
    ['office_number', '0870100099', '提出した事業所の番号'],
    ['birth_date', '1951-01-01', '生年月日'],
    ['sex', '男', '性別'],
    ['insurer_number', '082024', '保険者番号'],
    ['certification', '要支援2', '認定'],
    ['service_month', '2024-07', 'サービス提供月'],
  ])('%s is reported to that person alone', async (key, value, label) => {
    const found = await conflictsOf(coverOf({ [key]: value }));
    expect(found[HANAKO.number]![0], key).not.toBe('accept');
    expect(found[HANAKO.number]!.slice(1).join(), key).toContain(label);
    expect(found[TARO.number], key).toEqual(['accept']);
  });
});

it('a card in a PDF that disagrees with the CSV is reported to its person', async () => {
  const pdf = await card(row('生年月日', '昭和26年1月1日'), row('要介護状態区分等', '要支援2'));
  const found = await conflictsOf({ '証.pdf': pdf });
  expect(found[HANAKO.number]!.join()).toMatch(/生年月日.*認定|認定.*生年月日/);
  expect(found[TARO.number]).toEqual(['accept']);
});

it('an office that signed in and is not that of the papers is reported for each person', async () => {
  const found = await conflictsOf({}, { sender: { kind: 'office', office: '0870100099' } });
  for (const [decision, message] of Object.values(found)) {
    expect(decision).toBe('review');
    expect(message).toMatch(/0870100099.*0870100013/);
  }
});
