import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInsurerNumberSound } from '../../../shared/documents/check-digits.ts';
import { writeGuide } from '../../../shared/guide/write-guide.ts';
import { cities, cityKey, cityOfInsurer } from '../../../shared/profiles/cities.ts';
import { profilesFolder } from '../../../shared/profiles/profiles-folder.ts';
import { editionOn, loadProfile } from '../../../shared/rules/profile.ts';
import { decideGiven } from '../../builders/decide-given.ts';

const CODE = '{functions,infra,cli,host,operations,tools,shared,web}/**/*.{ts,tsx}';

describe('a city added with YAML alone', () => {
  it('is named in no line of code', async () => {
    const naming: string[] = [];
    for await (const file of glob(CODE, { cwd: join(profilesFolder(), '..') })) {
      if (file.includes('node_modules')) continue;
      const text = readFileSync(join(profilesFolder(), '..', file), 'utf8');
      if (/edogawa|江戸川|EDG-/.test(text)) naming.push(file);
    }
    expect(naming).toEqual([]);
  });

  it('is found by its key, its name and its insurer number', () => {
    expect(cityKey('江戸川区')).toBe('edogawa');
    expect(cityOfInsurer('131235')).toBe('edogawa');
  });

  it('gets its instructions from the same rules', () => {
    const guide = writeGuide('edogawa', { event: 'category_switch' });
    expect(guide).toContain('介護予防ケアマネジメント依頼（変更）届出書');
    expect(guide).toContain('仮の版');
  });

  it('takes the place of the national rules it says more exactly, without a change to them', () => {
    const ids = (city: string): string[] => editionOn(city, '2024-06').rules.map((r) => r.id);
    expect(ids('edogawa')).not.toContain('NAT-103');
    expect(ids('okayama')).toContain('NAT-103');
    const given = {
      service_month: '2024-06',
      certification: '要支援1',
      plan_kind: '2',
      provider_route: 'center' as const,
      services_actual: [{ name: '介護予防訪問看護', class: 'yobo_kyufu' as const }],
    };
    expect(decideGiven('edogawa', given).findings.map((f) => f.rule)).toEqual(['EDG-R01']);
  });

  it('cites its own page in every rule', () => {
    const { source, rules } = loadProfile('edogawa');
    expect(source.url).toMatch(/^http/);
    expect(rules.filter((r) => r.source)).toEqual([]);
  });
});

it('carries sound insurer numbers, each of one city', () => {
  const numbers = Object.values(cities()).flatMap((city) => city.insurer_numbers);
  expect(numbers.filter((n) => !isInsurerNumberSound(n))).toEqual([]);
  expect(new Set(numbers).size).toBe(numbers.length);
});
