import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runScore } from '../../../cli/score.ts';
import { CityScorer } from '../../../cli/score-upload.ts';
import { Tally } from '../../../cli/tally.ts';
import { addDays, addMonths, endOfTerm, lastDay, monthsBetween } from '../../../samples/city/calendar.ts';
import { DEFECTS } from '../../../samples/city/defects/index.ts';
import { type CityOptions, generateCity } from '../../../samples/city/generate-city.ts';
import { livedMonths } from '../../../samples/city/life.ts';
import { Random } from '../../../samples/city/random.ts';
import { BULK_SHAPES } from '../../../samples/city/shapes.ts';
import { STYLES } from '../../../samples/city/styles.ts';
import { buildTown, registryYaml } from '../../../samples/city/town.ts';
import type { TruthLine } from '../../../samples/city/truth.ts';
import { FINDING_CODES } from '../../../shared/findings/finding-codes.ts';
import { parseRegistry } from '../../../shared/registry/registry.ts';

const options = (out: string, over: Partial<CityOptions> = {}): CityOptions => ({
  city: 'mito',
  people: 8,
  from: '2024-04',
  to: '2024-07',
  seed: 'test',
  out,
  style: 'mixed',
  defects: 0.4,
  csvOnly: false,
  ...over,
});
const truthOf = async (folder: string): Promise<TruthLine[]> =>
  (await readFile(join(folder, 'truth.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TruthLine);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'city-'));
});
afterAll(() => rm(root, { recursive: true }));

describe('chance', () => {
  it('gives the same numbers for the same name, and others for another', () => {
    const three = (r: Random): number[] => [r.next(), r.next(), r.next()];
    expect(three(new Random('a'))).toEqual(three(new Random('a')));
    expect(three(new Random('a'))).not.toEqual(three(new Random('b')));
  });

  it('forks without changing its own sequence', () => {
    const [one, other] = [new Random('a'), new Random('a')];
    one.fork('x').next();
    expect(one.next()).toBe(other.next());
    expect(one.fork('x').next()).toBe(other.fork('x').next());
  });

  it('chooses in proportion to the weights', () => {
    const random = new Random('weights');
    const hits = Array.from({ length: 4000 }, () =>
      random.weighted([
        [3, 'a'],
        [1, 'b'],
      ] as const),
    );
    const share = hits.filter((x) => x === 'a').length / hits.length;
    expect(share).toBeGreaterThan(0.72);
    expect(share).toBeLessThan(0.78);
  });
});

describe('the calendar', () => {
  it.each([
    [addMonths('2024-11', 3), '2025-02'],
    [addMonths('2024-03', -4), '2023-11'],
    [lastDay('2024-02'), '2024-02-29'],
    [addDays('2024-12-31', 1), '2025-01-01'],
    [endOfTerm('2024-10', 6), '2025-03-31'],
  ])('counts to %s', (found, wanted) => expect(found).toBe(wanted));
});

describe('lives', () => {
  const town = buildTown('iwaki', 100, '2024-04', '2025-09', new Random('town'));
  const lives = Array.from({ length: 100 }, (_, i) =>
    livedMonths(
      town,
      {
        area: town.areas[i % town.areas.length]!,
        office: i % 5 === 0 ? null : town.offices[i % town.offices.length]!,
      },
      i,
      '2024-04',
      '2025-09',
      new Random(`life ${i}`),
    ),
  );
  const all = lives.flat();

  it('run without gaps until a person leaves', () => {
    for (const life of lives) {
      const months = life.map((m) => m.month);
      expect(months).toEqual(monthsBetween(months[0]!, months.at(-1)!));
      if (months.at(-1) !== '2025-09') expect(life.at(-1)!.event).toBe('to_yokaigo');
    }
  });

  it('show every event that the rules of a city without its own name', () => {
    const events = new Set(all.map((m) => m.event));
    for (const event of [
      'new',
      'continuing',
      'category_switch',
      'itaku_to_direct',
      'cert_renewal',
      'plan_renewed',
    ])
      expect(events).toContain(event);
  });

  it('switch the category exactly when the kind of the month before differs', () => {
    for (const m of all.filter((x) => x.event === 'category_switch')) expect(m.before!.kind).not.toBe(m.kind);
    for (const m of all.filter((x) => x.event === 'continuing' && x.before && x.kind))
      expect(m.before!.kind).toBe(m.kind);
  });

  it('keep the certification in force in every month', () => {
    for (const { person, month } of all.filter((m) => m.person.certification !== '事業対象者')) {
      expect(person.certFrom <= lastDay(month) && person.certTo >= `${month}-01`).toBe(true);
    }
  });

  it('provide directly only where the office is designated on that date', () => {
    for (const m of all.filter((x) => x.route === 'direct' && x.kind === 'yobo_shien'))
      expect(m.office!.designatedFrom! <= lastDay(m.month)).toBe(true);
  });
});

describe('a generated city', () => {
  it('consists of the same files for the same seed', async () => {
    const digest = async (name: string): Promise<string> => {
      const folder = join(root, name);
      await generateCity(options(folder, { people: 4, to: '2024-05' }));
      const hash = createHash('sha256').update(await readFile(join(folder, 'truth.jsonl')));
      for (const file of (await readdir(join(folder, 'uploads'))).sort())
        hash.update(await readFile(join(folder, 'uploads', file)));
      return hash.digest('hex');
    };
    expect(await digest('once')).toBe(await digest('again'));
  });

  it('has a registry the desk can read, with every office that sends', async () => {
    const folder = join(root, 'registry');
    await generateCity(options(folder, { people: 13, csvOnly: true }));
    const registry = parseRegistry(
      parse(await readFile(join(folder, 'registry.yaml'), 'utf8')),
      'registry.yaml',
    );
    const numbers = [...registry.offices, ...registry.centers].map((x) => x.number);
    for (const line of await truthOf(folder)) expect(numbers).toContain(line.facts.office_number);
  });

  it('expects only existing codes, and a return for every planted error', async () => {
    const folder = join(root, 'codes');
    await generateCity(options(folder, { city: 'okayama', defects: 1, csvOnly: true }));
    const lines = await truthOf(folder);
    expect(lines.some((line) => line.defect)).toBe(true);
    for (const line of lines) {
      expect(line.expect.findings.filter((code) => !(code in FINDING_CODES))).toEqual([]);
      if (line.expect.decision === 'accept') expect(line.expect.findings).toEqual([]);
    }
  });
});

describe('defects', () => {
  it('are at least forty kinds with distinct names, and existing codes', () => {
    expect(DEFECTS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(DEFECTS.map((d) => d.name)).size).toBe(DEFECTS.length);
    expect(DEFECTS.flatMap((d) => d.codes).filter((code) => !(code in FINDING_CODES))).toEqual([]);
  });
});

describe('styles', () => {
  it('are at least six, and together show every habit', () => {
    expect(STYLES.length).toBeGreaterThanOrEqual(6);
    const seen = (of: (s: (typeof STYLES)[number]) => unknown): unknown[] =>
      [...new Set(STYLES.map(of))].sort();
    expect(seen((s) => s.csv.quote)).toEqual(['all', 'none', 'text']);
    expect(seen((s) => s.csv.version)).toEqual(['202208', '202407']);
    expect(seen((s) => s.print)).toEqual(['90ms-RKSJ-H', 'UniJIS-UTF16-H', 'acroform', 'embedded', 'scan']);
    expect(seen((s) => s.zipNames)).toEqual(['cp932', 'utf8']);
    expect(seen((s) => s.bundle)).toEqual([false, true]);
  });
});

describe('the registry', () => {
  it('names no office twice', () => {
    const town = buildTown('kumamoto', 400, '2024-04', '2025-03', new Random('x'));
    const { offices, centers } = parseRegistry(parse(registryYaml(town)), 'registry.yaml');
    const numbers = [...offices, ...centers].map((x) => x.number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('the score', () => {
  const truth = (over: Partial<TruthLine['expect']>): TruthLine =>
    ({
      upload: 'a.zip',
      packet: 'p',
      style: 'standard',
      print: 'embedded',
      event: 'continuing',
      defect: null,
      expect: { decision: 'return', findings: ['F_DOC_MISSING'], tolerated: [], missing: [], ...over },
    }) as never;
  const verdict = (decision: string, codes: string[]) =>
    ({
      decision,
      findings: codes.map((code) => ({ code, severity: 'error', message: '', where: {} })),
      missing_documents: [],
    }) as never;

  it('counts findings that are found, missed and unexpected', () => {
    const tally = new Tally(5);
    tally.add(truth({}), verdict('return', ['F_DOC_MISSING', 'F_SIGNATURE']));
    tally.add(truth({}), verdict('review', []));
    expect(tally.total()).toEqual({ right: 1, missed: 1, invented: 1 });
    expect(tally.missed.map((s) => s.code)).toEqual(['F_DOC_MISSING']);
    expect(tally.invented.map((s) => s.code)).toEqual(['F_SIGNATURE']);
  });

  it('ignores findings that may follow from the same fault', () => {
    const tally = new Tally(5);
    tally.add(truth({ tolerated: ['F_SIGNATURE'] }), verdict('return', ['F_DOC_MISSING', 'F_SIGNATURE']));
    expect(tally.total()).toEqual({ right: 1, missed: 0, invented: 0 });
  });

  it('reports packets that were accepted although they must be returned', () => {
    const tally = new Tally(5);
    tally.add(truth({}), verdict('accept', []));
    expect(tally.silent).toHaveLength(1);
  });

  it('is full for the desk on a small city, with no fault accepted silently', async () => {
    const folder = join(root, 'scored');
    await generateCity(options(folder, { people: 5, to: '2024-06' }));
    expect(await runScore(['--json', folder])).toBe(0);
  });

  it.each(BULK_SHAPES.map(({ name }) => name))(
    'is full for the shape %s',
    async (shape) => {
      const folder = join(root, shape);
      const to = shape === 'months' ? '2024-06' : '2024-05';
      await generateCity(options(folder, { people: 4, from: '2024-05', to, defects: 0.5, shape }));
      const tally = new Tally(5);
      const scorer = await CityScorer.open(folder, tally);
      const byUpload = Map.groupBy(await truthOf(folder), ({ upload }) => upload);
      for (const truths of byUpload.values()) await scorer.add(truths);
      expect(tally.packets).toBeGreaterThan(2);
      expect([...tally.lost, ...tally.missed, ...tally.invented, ...tally.silent]).toEqual([]);
      expect([...tally.values.values()].flatMap(({ wrong }) => wrong)).toEqual([]);
    },
    60_000,
  );

  it('refuses a folder without truth.json', async () => {
    expect(await runScore([join(root, 'nothing')])).toBe(2);
  });
});
