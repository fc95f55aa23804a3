import { describe, expect, it } from 'vitest';
import { decide } from '../../../shared/decision/decide.ts';
import { officeView } from '../../../shared/decision/office-view.ts';
import { putOtherSenders } from '../../../shared/decision/other-senders.ts';
import { outcomeOf } from '../../../shared/decision/outcome.ts';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { withRivals } from '../../../shared/decision/with-rivals.ts';
import { factsFromGiven } from '../../../shared/facts/given.ts';
import { parseRegistry } from '../../../shared/registry/registry.ts';
import { aFinding, aVerdict } from '../../builders/a-verdict.ts';

const OWN = '0870100013';
const OTHER = '0870100028';
const registry = parseRegistry(
  { city: 'mito', offices: [OWN, OTHER].map((number) => ({ number, name: `見本事業所${number}` })) },
  'registry.yaml',
);

/** The verdict on papers of a person who is served by another office, or by no other. */
function verdictOn({ isServed, ...over }: { isServed: boolean } & Partial<PacketVerdict>): PacketVerdict {
  const facts = factsFromGiven({
    service_month: '2024-06',
    certification: '要支援1',
    provider_route: 'direct',
    services_actual: [{ name: '介護予防訪問看護', class: 'yobo_kyufu' }],
  });
  const claimants = isServed ? [{ office_number: OTHER, category: 'yobo_shien_direct' }] : [];
  putOtherSenders(facts, OWN, claimants, [registry]);
  const { explanation, findings: found } = decide(facts, 'mito', { rules: ['NAT-306'] });
  const findings = [...(over.findings ?? []), ...found];
  return aVerdict({ ...over, explanation, findings, decision: outcomeOf(findings) });
}

describe('an office', () => {
  it('is sent to the 包括 without a name, and the 包括 reads the name', () => {
    const verdict = verdictOn({ isServed: true });
    const view = officeView(verdict);
    expect(verdict.findings.map(({ code }) => code)).toEqual(['F_PACKET_TWO_OFFICES']);
    expect(view.findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['F_CLAIM_OFFICE', 'review'],
    ]);
    expect(view.findings[0]!.citation).toEqual(verdict.findings[0]!.citation);
    expect(view.decision).toBe(outcomeOf(view.findings));
    expect(JSON.stringify(verdict)).toContain(OTHER);
    expect(JSON.stringify(view)).not.toContain(OTHER);
  });

  it.each([
    ['returned', 'error' as const],
    ['reviewed', 'review' as const],
    ['warned about', 'warn' as const],
  ])('learns nothing about the person of papers that are %s for another reason', (_, severity) => {
    const findings = [aFinding({ severity })];
    const view = (isServed: boolean) => officeView(verdictOn({ isServed, findings }));
    expect(view(true)).toEqual(view(false));
  });

  it.each(['error', 'review', 'warn'] as const)(
    'reads the same bytes after another office sent papers, of papers with a finding of the severity %s',
    (severity) => {
      const verdict = verdictOn({ isServed: false, findings: [aFinding({ severity })] });
      expect(verdict.explanation.facts.map(({ path }) => path)).toContain('category');
      const claimants = [{ office_number: OTHER, category: 'yobo_shien_direct' }];
      const after = withRivals(verdict, OWN, claimants, [registry])!;
      expect(after.findings.map(({ code }) => code)).toContain('F_PACKET_TWO_OFFICES');
      expect(after.explanation.facts).toEqual(expect.arrayContaining(verdict.explanation.facts));
      expect(JSON.stringify(officeView(after))).toBe(JSON.stringify(officeView(verdict)));
    },
  );

  it('reads everything else as it was decided', () => {
    const verdict = verdictOn({ isServed: false, findings: [aFinding({ severity: 'info' })] });
    expect({ ...officeView(verdict), explanation: null }).toEqual({ ...verdict, explanation: null });
  });
});
