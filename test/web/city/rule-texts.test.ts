import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cityKeys } from '../../../shared/profiles/cities.ts';
import { ruleTexts, withRuleText } from '../../../web/city/replay/rule-texts.ts';

const yamlOf = (city: string): string =>
  readFileSync(resolve(import.meta.dirname, `../../../profiles/${city}.yaml`), 'utf8');

describe.each(cityKeys())('the rules of %s as texts', (city) => {
  const yaml = yamlOf(city);
  const texts = ruleTexts(yaml);

  it('are all of them, each readable alone', () => {
    const { rules } = parse(yaml, { merge: true, maxAliasCount: -1 }) as { rules: { id: string }[] };
    expect(texts.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    for (const { text } of texts) expect(text.trim()).not.toBe('');
  });

  it('leave the file as it is where nothing is edited', () => {
    for (const { at, text } of [texts[0]!, texts[Math.floor(texts.length / 2)]!, texts.at(-1)!])
      expect(withRuleText(yaml, at, text)).toBe(yaml);
  });

  it('change their own entry alone', () => {
    const [first] = texts;
    const edited = withRuleText(yaml, 0, first!.text.replace(first!.summary, '別の要旨'));
    expect(ruleTexts(edited).map(({ summary }) => summary)).toEqual([
      '別の要旨',
      ...texts.slice(1).map(({ summary }) => summary),
    ]);
  });
});

it('gives no text of what is no YAML', () => {
  expect(ruleTexts('rules: [')).toEqual([]);
  expect(withRuleText('rules: [', 0, 'id: x')).toBe('rules: [');
});
