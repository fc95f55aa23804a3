import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { FILE_CODES } from '../../../shared/findings/file-codes.ts';
import { FINDING_CODES, type FindingCode } from '../../../shared/findings/finding-codes.ts';
import { cityKeys } from '../../../shared/profiles/cities.ts';
import { profilesFolder } from '../../../shared/profiles/profiles-folder.ts';
import { loadOpenQuestions } from '../../../shared/rules/open-questions.ts';
import { loadProfile } from '../../../shared/rules/profile.ts';
import { loadReturnCodes } from '../../../shared/rules/return-codes.ts';
import { generateDocs, readCases } from '../../../tools/docs.ts';
import { idsOf, RULE_IDS } from '../rules/rule-ids.ts';

const root = join(profilesFolder(), '..');
let docs: Map<string, string>;
beforeAll(async () => {
  docs = await generateDocs();
});
const page = (name: string): string => docs.get(name)!;

describe('generated pages', () => {
  it.each([
    'docs/finding-codes.md',
    'docs/scope.md',
    'docs/facts.md',
    'docs/fact-sources.md',
    'docs/rule-report.md',
    'profiles/profile.schema.json',
  ])('says in %s what the rules say now (else: npm run docs)', (path) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(page(path));
  });

  it('comes out the same when it is written again', async () => {
    expect(await generateDocs()).toEqual(docs);
  });
});

describe('docs/finding-codes.md', () => {
  it('lists every code once, with a severity', () => {
    for (const code of Object.keys(FINDING_CODES)) {
      const rows = page('docs/finding-codes.md')
        .split('\n')
        .filter((line) => line.startsWith(`| \`${code}\` |`));
      expect(rows, code).toHaveLength(1);
      expect(rows[0], code).toMatch(/（(error|warn|review|info)）/);
    }
  });

  it('names a 国保連 code only with its source', () => {
    const { source, codes } = loadReturnCodes();
    expect(source.url).toMatch(/^https:/);
    expect(new Set(codes.map((c) => c.code)).size).toBe(codes.length);
    expect(page('docs/finding-codes.md')).toContain(source.title);
  });
});

describe('docs/scope.md', () => {
  it('gives the reason for every rule it leaves out, and the question for every rule a person decides', () => {
    const absent = Object.keys(RULE_IDS).flatMap((city) => {
      const decided = new Set(
        loadProfile(city)
          .rules.filter((r) => r.template !== 'out' && !r.checklist)
          .map((r) => r.id),
      );
      const listed = (id: string): boolean => page('docs/scope.md').includes(`| ${id} |`);
      return idsOf(city, 'out', 'human').filter((id) => !decided.has(id) && !listed(id));
    });
    expect(absent).toEqual([]);
  });

  it('answers each of the 16 open questions with rules, a configuration or a finding that exist', () => {
    const questions = loadOpenQuestions();
    expect(questions.map((q) => q.no)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
    const ids = new Set(
      ['national', ...cityKeys()].flatMap((key) => loadProfile(key).rules.map((r) => r.id)),
    );
    for (const q of questions) {
      expect(q.rules.length + q.configuration.length + q.findings.length, `${q.no}`).toBeGreaterThan(0);
      expect(q.rules.filter((id) => !ids.has(id))).toEqual([]);
      for (const path of q.configuration) {
        const [city, key] = path.split('.') as [string, string];
        expect(Object.keys(loadProfile(city).configuration)).toContain(key);
      }
    }
  });
});

describe('docs/rule-report.md', () => {
  it('shows every rule the desk decides from both sides', () => {
    const lacking = page('docs/rule-report.md')
      .split('\n')
      .filter((line) => line.includes('例がない |'));
    expect(lacking).toEqual([]);
  });

  it('counts cases whose ids are all different', async () => {
    const ids = (await readCases()).map((c) => c.id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  it('has cases only for rules that exist', async () => {
    const ids = new Set(
      ['national', ...cityKeys()].flatMap((key) =>
        loadProfile(key).rules.flatMap((r) => [r.id, ...r.also_judges]),
      ),
    );
    const unknown = (await readCases()).flatMap((c) => (c.rules ?? []).filter((id) => !ids.has(id)));
    expect(unknown).toEqual([]);
  });
});

describe('profiles/profile.schema.json', () => {
  const schema = (): z.ZodType =>
    z.fromJSONSchema(JSON.parse(page('profiles/profile.schema.json'))) as unknown as z.ZodType;

  it.each(['national', ...cityKeys()])('accepts profiles/%s.yaml', (key) => {
    const raw = parse(readFileSync(join(profilesFolder(), `${key}.yaml`), 'utf8'), { merge: true });
    const result = schema().safeParse(raw);
    expect(result.error?.issues.slice(0, 3) ?? []).toEqual([]);
  });

  it('marks an unknown document and a missing place', () => {
    const rule = { id: 'XYZ-R01', template: 'documents', summary: '一つの規則', place: '第1条' };
    const violation = {
      code: 'F_DOC_MISSING',
      severity: 'error',
      message: 'ありません。',
      remedy: '出してください。',
    };
    const profile = (change: object): object => ({
      city: 'mihon',
      source: { title: '見本市の要綱' },
      in_force: { from: '2024-04-01' },
      checked_on: '2026-11-22',
      rules: [{ ...rule, items: [{ document: 'hyokahyo' }], violation, ...change }],
    });
    expect(schema().safeParse(profile({})).success).toBe(true);
    expect(schema().safeParse(profile({ items: [{ document: 'mystery_paper' }] })).success).toBe(false);
    expect(schema().safeParse(profile({ place: undefined })).success).toBe(false);
  });
});

/** `fileFinding('F_…', 'error', …)` and the like in the readers: the severities the code really uses. */
const LITERAL = /'(F_(?:ZIP|FILE|CSV|PDF|PACKET|FACT)_[A-Z_]+)',\s*'(error|warn|review|info)'/g;

it('lists every severity the readers raise a file code with', async () => {
  const { glob } = await import('node:fs/promises');
  const missing: string[] = [];
  for await (const file of glob('shared/**/*.ts', { cwd: root })) {
    for (const [, code, severity] of readFileSync(join(root, file), 'utf8').matchAll(LITERAL)) {
      const known = FILE_CODES[code as Extract<FindingCode, keyof typeof FILE_CODES>];
      if (!known?.severities.includes(severity as 'error')) missing.push(`${code} ${severity} (${file})`);
    }
  }
  expect(missing).toEqual([]);
});
