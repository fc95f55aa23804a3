import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CaseInput, decideCase } from '../../../shared/decision/decide-case.ts';
import type { DecisionContext } from '../../../shared/decision/decision-context.ts';
import type { Decision } from '../../../shared/decision/verdict.ts';
import { decideUpload } from '../../../shared/flow.ts';
import { profilesFolder } from '../../../shared/profiles/profiles-folder.ts';
import { loadRegistry } from '../../../shared/registry/registry.ts';
import { factsReadBy } from '../../../shared/rules/facts-read.ts';
import { editionOn } from '../../../shared/rules/profile.ts';
import { readCases } from '../../../tools/docs.ts';
import { codesOf, decideGiven } from '../../builders/decide-given.ts';

let cases: CaseInput[];
/** Every case under its own rules, and under all rules of its city. */
let decisions: { id: string; c: CaseInput; decision: Decision }[];
beforeAll(async () => {
  cases = await readCases();
  decisions = cases.flatMap((c) => [
    { id: c.id, c, decision: decideCase(c) },
    { id: `${c.id} (all rules)`, c, decision: decideGiven(c.city, c.given) },
  ]);
});
/** Findings of rules; that the facts leave the month open is a finding of no rule. */
const ofRules = ({ findings }: Decision): Decision['findings'] =>
  findings.filter(({ code }) => code !== 'F_FACT_UNDECIDED');
/** One line per fault, so that a failing test shows where. */
const validateProfile = (fault: (one: (typeof decisions)[number]) => (string | false)[]): string[] =>
  decisions.flatMap((one) =>
    fault(one)
      .filter((text) => text !== false)
      .map((text) => `${one.id}: ${text}`),
  );

describe('the explanation of every worked case', () => {
  it('cites document and place for every rule and finding, and names its edition', () => {
    const uncited = validateProfile(({ decision }) => [
      ...decision.explanation.rules.map(
        (t) => !(t.citation.title && t.citation.place && t.edition && t.summary) && t.rule,
      ),
      ...ofRules(decision).map((f) => !f.citation?.place && f.code),
    ]);
    expect(uncited).toEqual([]);
  });

  it('lists facts in words, with evidence or the reason they follow from', () => {
    const bare = validateProfile(({ decision }) =>
      decision.explanation.facts.map(({ path, label, evidence, reason }) => {
        const isExplained =
          evidence.length > 0 || reason !== undefined || ['documents', 'category_rule'].includes(path);
        return (!isExplained || /^[a-z_.]+$/.test(label)) && path;
      }),
    );
    expect(bare).toEqual([]);
  });

  it('has a violated rule behind every finding, and a finding behind every violated rule', () => {
    const loose = validateProfile(({ decision }) => {
      const violated = decision.explanation.rules.filter((t) => t.status === 'violated').map((t) => t.rule);
      const found = decision.findings.flatMap((f) => f.rules);
      return [
        ...violated.map((rule) => !found.includes(rule) && `${rule} is violated without a finding`),
        ...ofRules(decision).map(
          (f) => !f.rules.some((r) => violated.includes(r)) && `${f.code} without a violated rule`,
        ),
      ];
    });
    expect(loose).toEqual([]);
  });

  it('says of every rule that cannot tell what it needs, and offers it as what would change the verdict', () => {
    const unsaid = validateProfile(({ decision }) => {
      const { rules, would_change } = decision.explanation;
      const offered = new Map(would_change.map((w) => [w.fact, w]));
      return rules
        .filter((t) => t.status === 'cannot_tell')
        .flatMap((t) => [
          t.needs.length === 0 && `${t.rule} does not say what it needs`,
          ...t.needs.map(
            (need) => !offered.get(need)?.rules.includes(t.rule) && `${t.rule} waits for ${need} unsaid`,
          ),
          ...would_change.map((w) => /^[a-z_.]+$/.test(w.label) && `${w.fact} is not in words`),
        ]);
    });
    expect(unsaid).toEqual([]);
  });

  it('uses only facts that the rule declares', () => {
    const declared = new Map<string, Set<string>>();
    const factsOf = (c: CaseInput, rule: string): Set<string> => {
      const key = `${c.city} ${c.given.service_month} ${rule}`;
      const known = declared.get(key);
      if (known) return known;
      const entries = editionOn(c.city, c.given.service_month ?? undefined).rules.filter(
        (r) => r.id === rule,
      );
      const facts = new Set(entries.flatMap(factsReadBy));
      declared.set(key, facts);
      return facts;
    };
    const undeclared = validateProfile(({ c, decision }) =>
      decision.explanation.rules.flatMap((t) =>
        [...t.used, ...t.needs].map(
          (fact) =>
            !factsOf(c, t.rule).has(fact.replace(/^checklist_answers\.\d+$/, 'checklist_answers')) &&
            `${t.rule} ${fact}`,
        ),
      ),
    );
    expect(undeclared).toEqual([]);
  });
});

describe('a missing fact', () => {
  it('never makes a finding of a rule that waits for it', () => {
    const groundless = cases.flatMap((c) =>
      Object.keys(c.given).flatMap((key) => {
        const decision = decideGiven(c.city, { ...c.given, [key]: null }, c.rules ? { rules: c.rules } : {});
        const violated = decision.explanation.rules.filter((t) => t.status === 'violated').map((t) => t.rule);
        return decision.findings
          .filter((f) => !f.rules.some((rule) => violated.includes(rule)))
          .map((f) => `${c.id} without ${key}: ${f.rule}`);
      }),
    );
    expect(groundless).toEqual([]);
  });

  const moved = {
    service_month: '2024-06',
    event: 'itaku_to_direct',
    certification: '要支援1',
    provider_route: 'direct' as const,
  };

  it('is named with the rules that wait for it', () => {
    const decision = decideGiven('mito', moved, { rules: ['MIT-R06'] });
    expect(codesOf(decision)).toEqual([]);
    expect(decision.explanation.rules[0]).toMatchObject({ rule: 'MIT-R06', status: 'cannot_tell' });
    expect(decision.explanation.would_change).toEqual([
      { fact: 'dates.designated', label: '指定の日', rules: ['MIT-R06'] },
    ]);
  });

  it('changes the verdict once the fact is known, as the explanation announced', () => {
    const dates = { designated: '2024-06-01', direct_contract: '2024-07-15' };
    const before = decideGiven('mito', moved, { rules: ['MIT-R06'] });
    const after = decideGiven('mito', { ...moved, dates }, { rules: ['MIT-R06'] });
    expect([before.decision, after.decision]).toEqual(['accept', 'review']);
    expect(after.explanation.would_change).toEqual([]);
  });

  it('is a conflict when two sources disagree: neither is chosen', async () => {
    const { factsFromGiven } = await import('../../../shared/facts/given.ts');
    const { decide } = await import('../../../shared/decision/decide.ts');
    const facts = factsFromGiven({ ...moved, office_designated_yobo_shien: false });
    const fact = facts.get('office_designated_yobo_shien')!;
    facts.set('office_designated_yobo_shien', {
      ...fact,
      state: 'conflicting',
      reason: '登録簿では「はい」',
    });
    const decision = decide(facts, 'kumamoto', { rules: ['KMM-R01'] });
    expect(decision.findings).toEqual([]);
    expect(decision.explanation.would_change.map((w) => w.fact)).toEqual(['office_designated_yobo_shien']);
  });
});

it('points from a fact of a real packet to the file, page or row it was read from', async () => {
  const root = join(profilesFolder(), '..');
  const registries = [await loadRegistry(join(root, 'samples/registry/mito.yaml'))];
  const desk: DecisionContext = { registries, today: '2024-06-10', received: '2024-06-10' };
  const source = { name: 'mito-2024-05.zip', file: join(root, 'samples/packets/mito-2024-05.zip') };
  for await (const verdict of decideUpload(source, desk)) {
    const facts = new Map(verdict.explanation.facts.map((f) => [f.path, f]));
    const actual = facts.get('services_actual')!;
    expect(actual.state).toBe('known');
    expect(actual.evidence[0]!.where).toMatchObject({ file: expect.stringMatching(/\.(CSV|csv|pdf)$/) });
    expect(facts.get('category')?.evidence.length).toBeGreaterThan(0);
  }
});
