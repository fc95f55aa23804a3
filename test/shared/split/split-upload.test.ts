import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { decideFiles, exported, type Files, type PersonMonth, SHAPES } from '../../builders/office-export.ts';

const BOTH = ['A21111', '631111'];
const SOGO = ['A21111', 'A21111'];
const [hanako, taro, ichiro] = [
  { number: '0007780001', name: '見本　花子' },
  { number: '0007780002', name: '見本　太郎' },
  { number: '0007780003', name: '例示　一郎' },
];
const of = (person: typeof hanako, month = '202406', services = BOTH): PersonMonth => ({
  ...person!,
  month,
  services,
});

/** What an office and a 包括 get for each person and month, whatever the shape. */
const answers = (verdicts: PacketVerdict[]): string[] =>
  verdicts
    .map(({ insured_number, service_month, decision, category, claim, findings }) =>
      JSON.stringify({
        ...{ insured_number, service_month, decision, category, claim },
        codes: findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code),
      }),
    )
    .sort();

const shuffled = (files: Files, by: number): Files => {
  const entries = Object.entries(files).map(
    ([name, bytes], i) => [((i + 1) * (by + 7919)) % 104729, name, bytes] as const,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => a - b).map(([, name, bytes]) => [name, bytes]));
};

const somePeople = fc
  .uniqueArray(
    fc.record({
      person: fc.constantFrom(hanako, taro, ichiro),
      month: fc.constantFrom('202405', '202406'),
      services: fc.constantFrom(BOTH, SOGO),
    }),
    { minLength: 1, maxLength: 5, selector: ({ person, month }) => `${person!.number} ${month}` },
  )
  .map((all) => all.map(({ person, month, services }) => of(person, month, services)));

describe('the packets of an upload', () => {
  it('are the same in every shape and order of the same papers', async () => {
    const [first, ...others] = Object.keys(SHAPES);
    const counterexample = [of(hanako), of(ichiro, '202405'), of(hanako, '202405')];
    await fc.assert(
      fc.asyncProperty(
        somePeople,
        fc.nat(10_000),
        fc.constantFrom(...others),
        async (people, seed, shape) => {
          const { verdicts: expected } = await decideFiles(SHAPES[first!]!(people));
          const { verdicts, ledger } = await decideFiles(shuffled(SHAPES[shape]!(people), seed));
          expect(answers(verdicts)).toEqual(answers(expected));
          expect(ledger).toMatchObject({ unaccounted: 0, open: 0, rows: 5 * people.length });
        },
      ),
      { numRuns: 12, examples: others.map((shape) => [counterexample, 0, shape]) },
    );
  });

  it('out of one file for several months are told so, unless no record is of the month in its name', async () => {
    const people = [of(hanako, '202405'), of(hanako), of(taro)];
    const named = SHAPES['one file of a kind for all months']!(people);
    const { verdicts } = await decideFiles(named);
    const notes = verdicts.map(({ findings }) => findings.filter(({ code }) => code === 'F_CSV_NAME'));
    expect(notes.map((all) => new Set(all.map(({ severity }) => severity)))).toEqual([
      new Set(),
      new Set(['info']),
      new Set(['info']),
    ]);
    expect(notes[1]![0]!.message).toContain('対象年月「202405」「202406」の行があります');

    const renamed = Object.fromEntries(
      Object.entries(named).map(([name, bytes]) => [name.replace('_202405_', '_202404_'), bytes]),
    );
    const other = await decideFiles(renamed);
    expect(other.verdicts.map(({ decision }) => decision)).toEqual(['review', 'review', 'review']);
  });

  it('of one person come in the order of their months', async () => {
    const people = [of(hanako, '202406', SOGO), of(hanako, '202405')];
    for (const shape of Object.values(SHAPES)) {
      const { verdicts } = await decideFiles(shape(people));
      expect(verdicts.map((verdict) => verdict.service_month)).toEqual(['2024-05', '2024-06']);
    }
  });

  it('keep row numbers of the file that was sent', async () => {
    const files = SHAPES['the sending unit of each month']!([of(hanako), of(taro, '202406', ['BAD!!!'])]);
    const { verdicts } = await decideFiles(files);
    const rows = verdicts[1]!.findings
      .filter(({ code }) => code === 'F_CSV_VALUE')
      .map(({ where }) => where.row);
    expect(rows[0]).toBe(3);
  });

  it('of an export made again are the same packets, but for the person that changed', async () => {
    const unit = (people: PersonMonth[], stamp: string): Files => ({
      ...exported('UPPLAN', people, stamp),
      ...exported('UPJSK', people, stamp),
      ...exported('UPHOSOKU', people, stamp),
    });
    const { verdicts: before } = await decideFiles(
      unit([of(hanako), of(taro), of(ichiro)], '20240703101500'),
    );
    const { verdicts: after } = await decideFiles(
      unit([of(ichiro), of(hanako), of(taro, '202406', SOGO)], '20240710090000'),
    );
    const idOf = (verdicts: PacketVerdict[], { number }: typeof hanako): string | undefined =>
      verdicts.find(({ insured_number }) => insured_number === number)?.packet_id;
    expect(idOf(after, hanako)).toBe(idOf(before, hanako));
    expect(idOf(after, ichiro)).toBe(idOf(before, ichiro));
    expect(idOf(after, taro)).not.toBe(idOf(before, taro));
  });

  it('count every row of a shared file once, and the file in one of them', async () => {
    const { verdicts, ledger } = await decideFiles(
      SHAPES['the sending unit of each month']!([of(hanako), of(taro), of(ichiro)]),
    );
    expect(verdicts.map((verdict) => verdict.ledger.rows)).toEqual([5, 5, 5]);
    expect(verdicts.map((verdict) => verdict.ledger.files)).toEqual([3, 0, 0]);
    expect(ledger).toMatchObject({ rows: 15, accountedFor: 3, open: 0 });
  });
});

describe('rows of other persons', () => {
  it("in a provider's file of all its users are told, and the person of the folder is judged", async () => {
    const files = {
      ...exported('UPPLAN', [of(hanako)]),
      ...exported('UPHOSOKU', [of(hanako)]),
      ...exported('UPJSK', [of(hanako), of(taro)]),
    };
    const { verdicts } = await decideFiles(files);
    expect(verdicts).toMatchObject([{ insured_number: hanako!.number, decision: 'accept' }]);
    const [finding] = verdicts[0]!.findings.filter(({ code }) => code === 'F_PACKET_TWO_PERSONS');
    expect(finding).toMatchObject({ severity: 'info', where: { row: 3 } });
    expect(verdicts[0]!.ledger).toMatchObject({ rows: 7, accounted: true });
  });

  it('in the folder of a person are told as strays and not mixed in', async () => {
    const folder = `${hanako!.number}_202406`;
    const own = SHAPES['a folder for each packet']!([of(hanako)]);
    const stray = Object.entries(exported('UPPLAN', [of(taro)], '20240709101500'));
    const files = { ...own, [`${folder}/${stray[0]![0]}`]: stray[0]![1] };
    const { verdicts } = await decideFiles(files);
    expect(verdicts).toMatchObject([
      { insured_number: hanako!.number, decision: 'return', category: 'yobo_shien_direct' },
    ]);
    const [finding] = verdicts[0]!.findings.filter(({ severity }) => severity === 'error');
    expect(finding).toMatchObject({ code: 'F_PACKET_TWO_PERSONS', where: { row: 1 } });
    expect(finding!.message).toContain(stray[0]![0]);
  });
});

describe('papers of nobody', () => {
  it('get a packet of their own that decides no month, and no person is returned for them', async () => {
    const files = {
      ...SHAPES['the sending unit of each month']!([of(hanako), of(taro)]),
      'メモ.png': Buffer.from('89504e470d0a1a0a', 'hex'),
    };
    const { verdicts } = await decideFiles(files);
    expect(verdicts.map(({ decision }) => decision)).toEqual(['accept', 'accept', 'review']);
    expect(verdicts[2]).toMatchObject({ insured_number: null, service_month: null, is_read: false });
    expect(verdicts[2]!.findings[0]).toMatchObject({
      code: 'F_PACKET_UNASSIGNED',
      where: { file: 'メモ.png' },
    });
  });

  it('go to the person whose number or name their file or folder has', async () => {
    const picture = Buffer.from('89504e470d0a1a0a', 'hex');
    const files = {
      ...SHAPES['the sending unit of each month']!([of(hanako), of(taro)]),
      '被保険者証_見本花子.png': picture,
      [`写真/${taro!.number}/1.png`]: Buffer.concat([picture, picture]),
    };
    const { verdicts } = await decideFiles(files);
    expect(
      verdicts.map(({ documents }) => documents.filter(({ file }) => file.endsWith('.png')).length),
    ).toEqual([1, 1]);
  });
});
