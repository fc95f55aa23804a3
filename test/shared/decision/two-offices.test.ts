import { describe, expect, it } from 'vitest';
import { twoOffices } from '../../../shared/decision/two-offices.ts';
import { parseRegistry } from '../../../shared/registry/registry.ts';

const registries = [
  parseRegistry(
    {
      city: 'mito',
      centers: [{ number: '0800100011', name: '見本センター' }],
      offices: [{ number: '0870100010', name: '見本事業所' }],
    },
    'registry.yaml',
  ),
];
const own = { office_number: '0870100028', category: 'yobo_shien_direct' };
const from = (office_number: string, category: string | null = 'yobo_shien_direct') => [
  { office_number, category },
];

describe('papers of one month from two senders', () => {
  it('go to a person, who is told the other office by name and number', () => {
    const [finding] = twoOffices(own, from('0870100010'), registries);
    expect(finding).toMatchObject({ code: 'F_PACKET_TWO_OFFICES', severity: 'review' });
    expect(finding!.message).toContain('見本事業所（0870100010）');
  });

  it('are nothing where an office sends again what it sent before', () => {
    expect(twoOffices(own, from(own.office_number), registries)).toEqual([]);
  });

  it('are nothing where a center and the office it commissioned both send', () => {
    const commissioned = { ...own, category: 'yobo_shien_itaku' };
    expect(twoOffices(commissioned, from('0800100011', 'yobo_shien_itaku'), registries)).toEqual([]);
  });

  it('are a rivalry where the office provides directly what the center claims too', () => {
    expect(twoOffices(own, from('0800100011', 'yobo_shien_center'), registries)).toHaveLength(1);
    const center = { office_number: '0800100011', category: 'yobo_shien_center' };
    expect(twoOffices(center, from('0870100010'), registries)).toHaveLength(1);
  });

  it('cannot be told of an office nobody could name', () => {
    expect(twoOffices({ ...own, office_number: null }, from('0870100010'), registries)).toEqual([]);
  });
});
