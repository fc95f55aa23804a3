import { describe, expect, it } from 'vitest';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { memoryOcrTexts, type OcrTexts } from '../../../shared/documents/ocr/ocr-text.ts';
import { type StackPage, scannedPdf, textOf } from '../../builders/a-stack.ts';
import { decideFiles, exported, type Files, type PersonMonth } from '../../builders/office-export.ts';

const PEOPLE: PersonMonth[] = ['花子', '太郎'].map((name, i) => ({
  ...{ number: `000778000${i + 1}`, name: `見本　${name}`, month: '202406', services: ['A21111', '631111'] },
}));
const [HANAKO, TARO] = PEOPLE.map(({ number }) => number) as [string, string];
const sheet = (insured_number: string, service_month = '2024-06') => ({
  ...{ city: 'mito', office_number: '0870100013', insured_number, service_month, event: 'continuing' },
});
const CARD = ['介護保険被保険者証', '被保険者番号', '生年月日', '交付年月日 令和6年4月1日', '保険者番号'];
const STACK: StackPage[] = [sheet(HANAKO), CARD, sheet(TARO), CARD];

const unit = (people = PEOPLE): Files =>
  Object.assign({}, ...(['UPPLAN', 'UPJSK', 'UPHOSOKU'] as const).map((type) => exported(type, people)));

async function textsOf(bytes: Uint8Array, pages: StackPage[], read = pages.length): Promise<OcrTexts> {
  const texts = memoryOcrTexts();
  const text = textOf(bytes, pages);
  await texts.put({ ...text, pages: text.pages.slice(0, read) });
  return texts;
}

const ofPersons = (verdicts: PacketVerdict[]) => verdicts.filter(({ insured_number }) => insured_number);
const ids = (verdicts: PacketVerdict[]): string[] => ofPersons(verdicts).map(({ packet_id }) => packet_id);
const kinds = ({ documents }: PacketVerdict) => documents.map(({ kind }) => kind);

describe('a scanned stack with 送付票 beside a CSV of its persons', () => {
  it.each<[string, (stack: Uint8Array) => Files]>([
    ['after the CSV', (stack) => ({ ...unit(), '束.pdf': stack })],
    ['before the CSV', (stack) => ({ '束.pdf': stack, ...unit() })],
    ['in a folder of its own', (stack) => ({ ...unit(), 'スキャン/束.pdf': stack })],
    [
      'beside a folder for each person',
      (stack) => ({
        ...Object.fromEntries(
          PEOPLE.flatMap((one) =>
            Object.entries(unit([one])).map(([name, bytes]) => [`${one.name}/${name}`, bytes]),
          ),
        ),
        '束.pdf': stack,
      }),
    ],
  ])('%s joins the month of each, once it was read', async (_where, files) => {
    const stack = await scannedPdf(STACK);
    const ocrTexts = await textsOf(stack, STACK);
    const { verdicts, ledger } = await decideFiles(files(stack), { ocrTexts });
    const persons = ofPersons(verdicts);
    expect(persons.map((one) => [one.insured_number, one.service_month])).toEqual([
      [HANAKO, '2024-06'],
      [TARO, '2024-06'],
    ]);
    for (const verdict of persons) {
      expect(kinds(verdict)).toEqual(expect.arrayContaining(['cover_sheet', 'hihokenshasho']));
      expect(verdict.ledger).toMatchObject({ accounted: true, pages: 2 });
    }
    expect(verdicts.filter((one) => !persons.includes(one))).toMatchObject([
      { decision: 'accept', documents: [], findings: [{ code: 'F_PACKET_HANDED_OVER' }] },
    ]);
    expect(ledger).toMatchObject({ isClosed: true, open: 0, pages: 4, persons: 2, months: 2 });
  });

  it('gives the same packets before and after it was read', async () => {
    const stack = await scannedPdf(STACK);
    const files = { ...unit(), '束.pdf': stack };
    const before = await decideFiles(files);
    const after = await decideFiles(files, { ocrTexts: await textsOf(stack, STACK) });
    expect(ids(after.verdicts)).toEqual(ids(before.verdicts));
    expect(before.ledger).toMatchObject({ isClosed: true, open: 0, pages: 4 });
    expect(after.verdicts.at(-1)!.packet_id).toBe(before.verdicts.at(-1)!.packet_id);
  });

  it('gives other packets than the CSV alone, or than another stack beside it', async () => {
    const [stack, other] = [await scannedPdf(STACK), await scannedPdf(STACK, 'other')];
    const sent = await Promise.all(
      [unit(), { ...unit(), '束.pdf': stack }, { ...unit(), '束.pdf': other }].map((files) =>
        decideFiles(files),
      ),
    );
    const all = sent.flatMap(({ verdicts }) => ids(verdicts));
    expect(new Set(all).size).toBe(6);
  });

  it('of which half was read joins nothing yet', async () => {
    const stack = await scannedPdf(STACK);
    const ocrTexts = await textsOf(stack, STACK, 2);
    const { verdicts } = await decideFiles({ ...unit(), '束.pdf': stack }, { ocrTexts });
    expect(
      ofPersons(verdicts)
        .slice(0, 2)
        .map(({ ledger }) => ledger.pages),
    ).toEqual([0, 0]);
  });

  it('keeps what is of another month or person as packets of their own, and what is before the first 送付票', async () => {
    const pages = [CARD, sheet(HANAKO), CARD, sheet(TARO, '2024-05'), CARD, sheet('0007780009'), CARD];
    const stack = await scannedPdf(pages);
    const ocrTexts = await textsOf(stack, pages);
    const { verdicts, ledger } = await decideFiles({ ...unit(), '束.pdf': stack }, { ocrTexts });
    expect(verdicts.map((one) => [one.insured_number, one.service_month, one.ledger.pages])).toEqual([
      [HANAKO, '2024-06', 2],
      [TARO, '2024-06', 0],
      [null, null, 1],
      [TARO, '2024-05', 2],
      ['0007780009', '2024-06', 2],
    ]);
    expect(ledger).toMatchObject({ isClosed: true, open: 0, pages: 7 });
  });
});

describe('while scans beside a CSV are of no one', () => {
  it('nothing is called missing in the packets of its persons', async () => {
    const csv = unit(PEOPLE.map((one) => ({ ...one, services: ['A21111'] })));
    const stack = await scannedPdf(STACK);
    const files = { ...csv, '束.pdf': stack };
    const outcomes = async (files: Files, ocrTexts?: OcrTexts) =>
      ofPersons((await decideFiles(files, { ocrTexts })).verdicts).map(({ decision, missing_documents }) => [
        decision,
        missing_documents.length > 0,
      ]);
    const [returned, asked] = [
      ['return', true],
      ['review', true],
    ];
    expect(await outcomes(csv)).toEqual([returned, returned]);
    expect(await outcomes(files)).toEqual([asked, asked]);
    expect(await outcomes(files, await textsOf(stack, STACK))).toEqual([returned, returned]);
    const [first] = (await decideFiles(files)).verdicts;
    expect(first!.findings.find(({ code }) => code === 'F_DOC_MISSING')?.message).toContain('「束.pdf」');
  });
});
