import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FILE_CODES } from '../../../shared/findings/file-codes.ts';
import { cityKeys } from '../../../shared/profiles/cities.ts';
import { loadProfile } from '../../../shared/rules/profile.ts';
import { entryName } from '../../../shared/rules/rule.ts';
import { templateOf } from '../../../shared/rules/templates/registry.ts';

/** Words of a program: file names, keys, values and paths of facts. An office reads the words of the 送付票. */
const PROGRAM =
  /packet\.json|\b(flags|dates|config|notification)\.|\b(true|false|null|undefined)\b|\b[a-z]+_[a-z_]+\b|JSON|YAML/;
/** Where an office reads a sentence of a rule, nothing of the program is in it but the places `{…}` to fill. */
const readable = (sentence: string): string => sentence.replace(/\{\w+\}/g, '');

const violations = [...cityKeys(), 'national'].flatMap((key) =>
  loadProfile(key).rules.flatMap((rule) =>
    templateOf(rule)
      .raises(rule)
      .map((violation) => ({ rule: entryName(rule), ...violation })),
  ),
);
const checklists = [...cityKeys(), 'national'].flatMap((key) =>
  loadProfile(key).rules.flatMap((rule) => [rule.checklist ?? []].flat()),
);

describe('sentences of rules', () => {
  it('name nothing in the words of a program', () => {
    const sentences = violations.flatMap(({ message, remedy }) => [message, remedy]);
    expect([...sentences, ...checklists].filter((s) => PROGRAM.test(readable(s)))).toEqual([]);
  });

  it('are whole sentences', () => {
    const sentences = violations.flatMap(({ message, remedy }) => [message, remedy]);
    expect(sentences.filter((sentence) => !/。$/.test(sentence))).toEqual([]);
  });

  it('tell in each remedy what the office does, or that it does nothing', () => {
    const silent = violations.filter(
      ({ remedy }) => !/ください|不要です|必要はありません|構いません/.test(remedy),
    );
    expect(silent.map(({ rule, remedy }) => `${rule}: ${remedy}`)).toEqual([]);
  });

  it('ask to send again wherever the packet is returned', () => {
    const returned = violations.filter(({ severity }) => severity === 'error');
    const stuck = returned.filter(
      ({ remedy }) => !/出し直|請求してください|相談|依頼してください|決め直|紹介|申請を検討/.test(remedy),
    );
    expect(stuck.map(({ rule, remedy }) => `${rule}: ${remedy}`)).toEqual([]);
  });

  it('ask no office to send a month before the direct provision began as a commission', () => {
    const early = [...cityKeys(), 'national'].flatMap((key) =>
      loadProfile(key).rules.filter((r) => r.to !== undefined && r.template === 'alert'),
    );
    const remedies = early.flatMap((rule) =>
      templateOf(rule)
        .raises(rule)
        .map(({ remedy }) => remedy),
    );
    expect(remedies.length).toBeGreaterThan(3);
    expect(remedies.filter((remedy) => /(委託|担当)として出し直/.test(remedy))).toEqual([]);
  });
});

describe('sentences of readers', () => {
  it('name nothing in the words of a program in the list of codes', () => {
    const words = Object.values(FILE_CODES).map(({ remedy }) => remedy);
    expect(words.filter((word) => PROGRAM.test(word) && /[ぁ-ん]/.test(word))).toEqual([]);
  });

  it.each(['cover-sheet', 'decision', 'documents', 'facts', 'letters', 'packet'])(
    'name nothing in the words of a program in %s',
    (folder) => {
      expect(sentencesIn(join('shared', folder)).filter((s) => PROGRAM.test(s))).toEqual([]);
    },
  );
});

/** The string literals of a folder that hold Japanese, without the places to fill. */
function sentencesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
  return files.flatMap((file) => {
    const code = readFileSync(join(folder, file), 'utf8').replace(/^\s*(\/\/|\*|\/\*\*).*$/gm, '');
    const literals = code.match(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g) ?? [];
    return literals.filter((text) => /[ぁ-ん]/.test(text)).map((text) => text.replace(/\$\{[^}]*\}/g, ''));
  });
}
