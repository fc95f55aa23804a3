import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runCheck } from '../../cli/check.ts';
import { runDecide } from '../../cli/decide.ts';

const samples = join(dirname(fileURLToPath(import.meta.url)), '../../samples');
const packet = (name: string): string => join(samples, 'packets', name);
const registry = (city: string): string[] => ['--registry', join(samples, 'registry', `${city}.yaml`)];

/** Runs a verb and gathers what it prints. */
async function run(verb: (argv: string[]) => Promise<number>, argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(out.push(String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean(err.push(String(text))));
  const code = await verb(argv);
  vi.restoreAllMocks();
  return { code, out: out.join(''), err: err.join('') };
}

afterEach(() => vi.restoreAllMocks());

describe('check', () => {
  it('prints one JSON object a line with the fields tools rely on, and exits 0 when all is accepted', async () => {
    const { code, out } = await run(runCheck, ['--json', ...registry('mito'), packet('mito-2024-04.zip')]);
    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(lines).toHaveLength(1);
    const verdict = JSON.parse(lines[0]!);
    expect(verdict).toMatchObject({
      packet: '0000000101_2024-04',
      city: 'mito',
      area: 'area-1',
      insured_number: '0000000101',
      service_month: '2024-04',
      decision: 'accept',
      category: 'yobo_shien_direct',
      payer: 'kokuhoren',
      base_units: 472,
    });
    expect(verdict.ledger).toMatchObject({ accounted: true });
    expect(verdict.documents[0]).toHaveProperty('read_by');
    expect(verdict).not.toHaveProperty('explanation');
  });

  it('exits 1 when a packet is returned and names rule, citation and remedy', async () => {
    const { code, out } = await run(runCheck, [...registry('mito'), packet('mito-2024-05-lacking.zip')]);
    expect(code).toBe(1);
    expect(out).toContain('F_REASON_NOT_STATED');
    expect(out).toContain('根拠: 水戸市');
    expect(out).toContain('→');
  });

  it('explains facts with evidence, rules with citations and what is missing', async () => {
    const { out } = await run(runCheck, ['--json', '--explain', packet('iwaki-direct.zip')]);
    const { explanation } = JSON.parse(out);
    expect(
      explanation.facts.find((f: { path: string }) => f.path === 'services_actual').evidence[0].where.file,
    ).toMatch(/UPJSK/);
    expect(explanation.rules.every((r: { citation: { place: string } }) => r.citation.place)).toBe(true);
    // Without a registry it is unknown whether the office is designated.
    expect(explanation.would_change.map((w: { fact: string }) => w.fact)).toContain(
      'office_designated_kyotaku',
    );
  });

  it.each([
    ['no path', []],
    ['a path that does not exist', ['nowhere.zip']],
    ['an unknown city', ['--city', 'atlantis', packet('mito-2024-04.zip')]],
    ['an unknown option', ['--colour', packet('mito-2024-04.zip')]],
    ['a file that is no registry', ['--registry', packet('mito-2024-04.zip'), packet('mito-2024-04.zip')]],
  ])('exits 2 for %s and names the reason', async (_, argv) => {
    const { code, err } = await run(runCheck, argv);
    expect(code).toBe(2);
    expect(err.length).toBeGreaterThan(10);
  });
});

describe('decide', () => {
  it('returns an array of decisions for an array of cases', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'uketsuke-test-')), 'cases.json');
    const given = {
      service_month: '2024-06',
      certification: '要支援1',
      provider_route: 'direct',
      services_actual: [{ name: '介護予防訪問看護', class: 'yobo_kyufu' }],
    };
    await writeFile(
      file,
      JSON.stringify([
        { id: 'a', city: '水戸市', given },
        { id: 'b', city: 'iwaki', rules: ['IWK-R14'], given },
      ]),
    );
    const { code, out } = await run(runDecide, [file]);
    const answers = JSON.parse(out);
    expect(code).toBe(0);
    expect(answers.map((a: { id: string; base_units: number }) => [a.id, a.base_units])).toEqual([
      ['a', 472],
      ['b', 472],
    ]);
  });

  it('reads the class of a service from its name, and from its code before that', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'uketsuke-test-')), 'cases.json');
    const given = (service: object): object => ({
      service_month: '2024-06',
      certification: '要支援1',
      provider_route: 'itaku',
      services_actual: [service],
    });
    await writeFile(
      file,
      JSON.stringify([
        { id: 'a', city: '水戸市', rules: ['MIT-R01'], given: given({ name: '介護予防訪問看護' }) },
        {
          id: 'b',
          city: '水戸市',
          rules: ['MIT-R01'],
          given: given({ name: '通所型サービス', class: null }),
        },
        { id: 'c', city: '水戸市', rules: ['MIT-R01'], given: given({ name: 'デイ', code: 'A62411' }) },
      ]),
    );
    const { out } = await run(runDecide, [file]);
    expect(JSON.parse(out).map((d: { category: string }) => d.category)).toEqual([
      'yobo_shien_itaku',
      'yobo_cm_itaku',
      'yobo_cm_itaku',
    ]);
  });

  it('names a rule of a case that no profile has', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'uketsuke-test-')), 'cases.json');
    const of = (id: string, rules: string[] | null): object => ({ id, city: 'mito', rules, given: {} });
    await writeFile(file, JSON.stringify([of('a', ['MIT-R10', 'MIT-R99']), of('b', null)]));
    const { code, err } = await run(runDecide, [file]);
    expect(code).toBe(0);
    expect(err).toBe('a: 規則 MIT-R99 はmitoにも全国にもありません。見ていません。\n');
  });

  it('names a fact, and a word of one, that the vocabulary does not have', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'uketsuke-test-')), 'cases.json');
    const given = {
      event: 'constructor',
      servce_month: '2024-06',
      flags: { plan_sined: true },
      new_user: true,
    };
    await writeFile(file, JSON.stringify([{ id: 'a', city: 'mito', title: '説明', given }]));
    const { err } = await run(runDecide, [file]);
    expect(err.trim().split('\n').sort()).toEqual([
      expect.stringMatching(/^a: event の「constructor」は使えません。新規、.*のどれかを書いてください。$/),
      'a: flags.plan_sined は知らない項目です。見ていません。',
      'a: servce_month は知らない項目です。見ていません。',
    ]);
  });

  it('exits 2 and names the position of a malformed case', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'uketsuke-test-')), 'cases.json');
    await writeFile(
      file,
      JSON.stringify([{ id: 'a', city: 'mito', given: { service_month: '令和6年6月' } }]),
    );
    const { code, err } = await run(runDecide, [file]);
    expect(code).toBe(2);
    expect(err).toContain('1番目');
    expect(err).toContain('service_month');
  });

  it('decides the other cases where one is unreadable or names an unknown city', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'uketsuke-test-')), 'cases.json');
    const of = (id: string, city: string, given: object): object => ({ id, city, given });
    const cases = [
      of('a', 'mito', { dates: 3 }),
      of('b', '花巻市', {}),
      of('c', 'mito', {}),
      of('d', 'mito', { dates: { designated: '2024-06-31' } }),
    ];
    await writeFile(file, JSON.stringify(cases));
    const { code, out, err } = await run(runDecide, [file]);
    expect(code).toBe(2);
    expect(JSON.parse(out).map((d: { id: string }) => d.id)).toEqual(['c']);
    expect(err.trim().split('\n')).toHaveLength(3);
    expect(err).toContain('花巻市');
    expect(err).toContain('given.dates.designated');
  });
});
