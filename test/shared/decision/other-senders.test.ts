import { describe, expect, it } from 'vitest';
import { decide } from '../../../shared/decision/decide.ts';
import { putOtherSenders } from '../../../shared/decision/other-senders.ts';
import { factsFromGiven } from '../../../shared/facts/given.ts';
import type { Finding } from '../../../shared/findings/finding.ts';
import { parseRegistry } from '../../../shared/registry/registry.ts';

const OFFICE = '0870100010';
const CENTER = '0800100011';
const registries = [
  parseRegistry(
    {
      city: 'mito',
      centers: [{ number: CENTER, name: '見本センター' }],
      offices: [{ number: OFFICE, name: '見本事業所' }],
    },
    'registry.yaml',
  ),
];
const OWN = '0870100028';
type Route = 'direct' | 'itaku' | 'center';

/** The finding where another sender sent papers of the same month. */
function found(own: string | null, route: Route, other: string, category: string | null): Finding[] {
  const facts = factsFromGiven({
    service_month: '2024-06',
    certification: '要支援1',
    provider_route: route,
    services_actual: [{ name: '介護予防訪問看護', class: 'yobo_kyufu' }],
  });
  putOtherSenders(facts, own, [{ office_number: other, category }], registries);
  return decide(facts, 'mito', { rules: ['NAT-306'] }).findings;
}

describe('papers of one month from two senders', () => {
  it('go to a person, with the other office by name and number and the citation', () => {
    const [finding] = found(OWN, 'direct', OFFICE, 'yobo_shien_direct');
    expect(finding).toMatchObject({ code: 'F_PACKET_TWO_OFFICES', severity: 'review', rule: 'NAT-306' });
    expect(finding!.message).toContain('見本事業所（0870100010）');
    expect(finding!.citation!.place).toContain('ANN0');
  });

  it('are nothing where an office sends again what it sent before', () => {
    expect(found(OWN, 'direct', OWN, 'yobo_shien_direct')).toEqual([]);
  });

  it('are nothing where a center and the office it commissioned both send', () => {
    expect(found(OWN, 'itaku', CENTER, 'yobo_shien_itaku')).toEqual([]);
  });

  it('are a rivalry where the office provides directly what the center claims too', () => {
    expect(found(OWN, 'direct', CENTER, 'yobo_shien_center')).toHaveLength(1);
    expect(found(CENTER, 'center', OFFICE, 'yobo_shien_direct')).toHaveLength(1);
  });

  it('cannot be found where the sender itself is not known', () => {
    expect(found(null, 'direct', OFFICE, 'yobo_shien_direct')).toEqual([]);
  });
});
