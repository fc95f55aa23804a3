import { describe, expect, it } from 'vitest';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { openUpload } from '../../../shared/packet/open-upload.ts';
import { splitUpload } from '../../../shared/split/split-upload.ts';
import { decideFiles, exported, type Files, type PersonMonth } from '../../builders/office-export.ts';
import { embeddedPdf, type PageLines, row } from '../../builders/pdf.ts';
import { withFile, zipOf } from '../../builders/zip.ts';

const HANAKO = { number: '0007780001', name: '見本　花子' };
const TARO = { number: '0007780002', name: '見本　太郎' };
const ICHIRO = { number: '0007780003', name: '例示　一郎' };
const inJune = (person: typeof HANAKO): PersonMonth => ({
  ...person,
  month: '202406',
  services: ['A21111', '631111'],
});
const unit = (...people: (typeof HANAKO)[]): Files =>
  Object.assign(
    {},
    ...(['UPPLAN', 'UPJSK', 'UPHOSOKU'] as const).map((type) => exported(type, people.map(inJune))),
  );
const below = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${folder}/${name}`, bytes]));
const card = ({ number, name }: typeof HANAKO, page = '', ...more: string[]): PageLines => [
  ...(page ? [page] : []),
  { text: '介護保険被保険者証', size: 14 },
  row('番号', number),
  row('氏名', name),
  ...more,
];
const cover = (values: object): string => JSON.stringify(values);
const cards = (verdicts: PacketVerdict[]) =>
  verdicts.map(({ insured_number, documents }) => [
    insured_number,
    documents.flatMap(({ first_page }) => first_page ?? []),
  ]);
const codes = ({ findings }: PacketVerdict): string[] =>
  findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code);

describe('PDFs of several persons', () => {
  it('in a folder beside the folders of persons go to each of them', async () => {
    const pdf = await embeddedPdf([card(TARO), card(HANAKO)]);
    const files = { ...below('A', unit(HANAKO)), ...below('B', unit(TARO)), 'その他/証.pdf': pdf };
    const { verdicts, ledger } = await decideFiles(files);
    expect(cards(verdicts)).toEqual([
      [HANAKO.number, [2]],
      [TARO.number, [1]],
    ]);
    expect(ledger.isClosed).toBe(true);
    const backwards = await decideFiles(Object.fromEntries(Object.entries(files).reverse()));
    expect(cards(backwards.verdicts).sort()).toEqual(cards(verdicts));
  });

  it('printed again are the same packets, but for the person whose pages show something else', async () => {
    const ids = async (...pages: PageLines[]): Promise<Record<string, string>> => {
      const { verdicts } = await decideFiles({ ...unit(HANAKO, TARO), '証.pdf': await embeddedPdf(pages) });
      return Object.fromEntries(verdicts.map((one) => [one.insured_number, one.packet_id]));
    };
    const first = await ids(card(HANAKO, '1/2'), card(TARO, '2/2'));
    const again = await ids(card(ICHIRO, '1/3'), card(HANAKO, '2/3'), card(TARO, '3/3', '給付制限あり'));
    expect(again[HANAKO.number]).toBe(first[HANAKO.number]);
    expect(again[TARO.number]).not.toBe(first[TARO.number]);
  });
});

describe('covers in folders of one upload', () => {
  it('speak for their own folder, not for the files beside it', async () => {
    const { verdicts, ledger } = await decideFiles({
      ...unit(HANAKO, TARO),
      'packet.json': cover({ event: 'continuing' }),
      '花子/packet.json': cover({ insured_number: HANAKO.number, service_month: '2024-06' }),
    });
    expect(verdicts.map((one) => [one.insured_number, one.decision, codes(one)])).toEqual([
      [HANAKO.number, 'accept', []],
      [TARO.number, 'accept', []],
    ]);
    expect(ledger.isClosed).toBe(true);
  });

  it('of one packet are all read, and where they disagree both are named', async () => {
    const { verdicts } = await decideFiles({
      ...below('A', unit(HANAKO)),
      'A/packet.json': cover({ insured_number: HANAKO.number, event: 'new' }),
      'A/送付票/packet.json': cover({ insured_number: HANAKO.number, event: 'continuing' }),
    });
    expect(verdicts).toHaveLength(1);
    expect(verdicts[0]!.event).toBe('continuing');
    const conflict = verdicts[0]!.findings.find(({ code }) => code === 'F_FACT_CONFLICT');
    expect(conflict?.message).toMatch(/A\/送付票\/packet\.json.*A\/packet\.json/);
    expect(codes(verdicts[0]!)).not.toContain('F_PACKET_LEDGER');
  });
});

describe('folders by month', () => {
  const may = (...people: (typeof HANAKO)[]): Files =>
    Object.assign(
      {},
      ...(['UPPLAN', 'UPJSK', 'UPHOSOKU'] as const).map((type) =>
        exported(
          type,
          people.map((person) => ({ ...inJune(person), month: '202405' })),
        ),
      ),
    );
  const months = (verdicts: PacketVerdict[]) =>
    verdicts.map((one) => [one.insured_number, one.service_month]).sort();

  it('keep the cover of a month without other papers of the person out of another month', async () => {
    const { verdicts, ledger } = await decideFiles({
      ...below('2024-05', may(TARO, ICHIRO)),
      '2024-05/送付票/花子/packet.json': cover({ insured_number: HANAKO.number, service_month: '2024-05' }),
      ...below('2024-06', unit(TARO, HANAKO)),
      '2024-06/送付票/花子/packet.json': cover({ insured_number: HANAKO.number, service_month: '2024-06' }),
    });
    expect(months(verdicts)).toEqual([
      [HANAKO.number, '2024-05'],
      [HANAKO.number, '2024-06'],
      [TARO.number, '2024-05'],
      [TARO.number, '2024-06'],
      [ICHIRO.number, '2024-05'],
    ]);
    expect(verdicts.flatMap(codes)).not.toContain('F_FACT_CONFLICT');
    expect(ledger.isClosed).toBe(true);
  });

  it('do not hide a cover of another month than the papers beside it', async () => {
    const { verdicts } = await decideFiles({
      ...unit(TARO),
      ...below('花子', unit(HANAKO)),
      '花子/packet.json': cover({ insured_number: HANAKO.number, service_month: '2024-05' }),
    });
    expect(verdicts.filter(({ insured_number }) => insured_number === HANAKO.number)).toHaveLength(1);
  });
});

describe('a paper with the name of two persons and no number', () => {
  it("is no one's, and nothing is called missing that it may be", async () => {
    const [one, other] = [HANAKO, { ...TARO, name: HANAKO.name }];
    const csv = (...people: (typeof HANAKO)[]): Files =>
      Object.assign(
        {},
        ...(['UPPLAN', 'UPJSK', 'UPHOSOKU'] as const).map((type) =>
          exported(
            type,
            people.map((person) => ({ ...inJune(person), services: ['A21111'] })),
          ),
        ),
      );
    const notes: PageLines = [
      { text: '介護予防支援経過記録', size: 16 },
      row('利用者氏名', HANAKO.name),
      row('年月日', '内容'),
      row('令和6年6月10日', '訪問'),
    ];
    const { verdicts } = await decideFiles({
      ...csv(one, other, ICHIRO),
      '経過記録.pdf': await embeddedPdf([notes, card(ICHIRO)]),
    });
    expect(verdicts.map((verdict) => [verdict.insured_number, verdict.decision])).toEqual([
      [one.number, 'review'],
      [other.number, 'review'],
      [ICHIRO.number, 'return'],
      [null, 'review'],
    ]);
    const missing = verdicts[0]!.findings.find(({ code }) => code === 'F_DOC_MISSING');
    expect(missing?.message).toContain(
      '「経過記録.pdf」に、読み取れていないか、様式やどの利用者のものかが分からないところ',
    );
  });
});

describe('an upload that is taken up again', () => {
  it('unpacks no packet that has its answer, but for the last of them', async () => {
    const zip = zipOf(unit(HANAKO, TARO, ICHIRO));
    await withFile('month.zip', zip, async (source) => {
      const all = await Array.fromAsync(splitUpload(await openUpload(source)));
      const numbers = all.map(({ number }) => number);
      expect(numbers).toEqual([2, 3, 4]);
      const rest = await Array.fromAsync(splitUpload(await openUpload(source), new Set([2, 3])));
      expect(rest.map(({ number }) => number)).toEqual(numbers);
      expect(rest.map(({ packet }) => packet?.digest ?? null)).toEqual([
        null,
        ...all.slice(1).map(({ packet }) => packet!.digest),
      ]);
      // The files were counted by the packet that is not unpacked again.
      expect(rest.slice(1).flatMap(({ packet }) => packet!.entries)).toEqual([]);
    });
  });
});

describe('papers of one kind alone', () => {
  const plan = (...more: string[]): PageLines => [
    { text: '介護予防サービス・支援計画書', size: 16 },
    row('利用者名', HANAKO.name),
    row('計画作成日', '令和6年3月20日'),
    row('期間', '令和6年4月1日～令和7年3月31日'),
    ...more,
  ];

  it('that name no month are judged as no month, and are asked about', async () => {
    const { verdicts } = await decideFiles({ '支援計画書.pdf': await embeddedPdf([plan()]) });
    expect(verdicts).toMatchObject([{ decision: 'review', service_month: null, category: null }]);
    expect(codes(verdicts[0]!)).toContain('F_PACKET_LONE');
  });

  it('are a packet of the month that a cover names', async () => {
    const { verdicts } = await decideFiles({
      '支援計画書.pdf': await embeddedPdf([plan()]),
      'packet.json': cover({
        insured_number: HANAKO.number,
        insurer_number: '082016',
        service_month: '2024-06',
      }),
    });
    expect(verdicts).toMatchObject([{ service_month: '2024-06' }]);
    expect(codes(verdicts[0]!)).not.toContain('F_PACKET_LONE');
  });
});

describe('files as other programs write them', () => {
  it('with a byte order mark and quotes keep their first record with its person', async () => {
    const quoted = (bytes: string | Uint8Array): Buffer =>
      Buffer.from(
        `\ufeff${new TextDecoder('shift_jis')
          .decode(Buffer.from(bytes))
          .split('\r\n')
          .filter(Boolean)
          .map((line) => `"${line.split(',').join('","')}"\r\n`)
          .join('')}`,
      );
    const files = Object.entries(unit(HANAKO, TARO)).map(([name, bytes]) => [name, quoted(bytes)]);
    const { verdicts } = await decideFiles(Object.fromEntries(files));
    expect(verdicts.map((one) => [one.insured_number, one.decision, one.ledger.rows])).toEqual([
      [HANAKO.number, 'accept', 5],
      [TARO.number, 'accept', 5],
    ]);
  });

  it('named by a number without its zeros go to its person', async () => {
    const pdf = await embeddedPdf([['介護保険負担割合証', '利用者負担の割合 1割']]);
    const { verdicts } = await decideFiles({ ...unit(HANAKO, TARO), '7780002.pdf': pdf });
    expect(verdicts.map((one) => [one.insured_number, one.documents.length])).toEqual([
      [HANAKO.number, 3],
      [TARO.number, 4],
    ]);
  });
});
