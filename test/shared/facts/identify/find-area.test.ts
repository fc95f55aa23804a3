import { describe, expect, it } from 'vitest';
import { findArea } from '../../../../shared/facts/identify/find-area.ts';
import { parseRegistry } from '../../../../shared/registry/registry.ts';
import { aDocument, readingsOf } from '../../../builders/a-document.ts';

const registry = parseRegistry(
  {
    city: 'mito',
    centers: [
      { number: '0800100018', name: '見本地域包括支援センター' },
      { number: '0800100026', name: '例示地域包括支援センター' },
    ],
    areas: [
      {
        key: 'east',
        name: '東圏域',
        center: '0800100018',
        addresses: ['見本町'],
        postal_codes: ['310-0001'],
      },
      { key: 'west', name: '西圏域', center: '0800100026', addresses: ['見本町二丁目', '例示町'] },
    ],
    offices: [],
  },
  'registry.yaml',
);
const plan = (...fields: Parameters<typeof aDocument>[1] & object) => readingsOf(aDocument({}, fields));

describe('findArea', () => {
  it('returns the area of the longest address that fits', () => {
    const readings = plan(['address', '水戸市見本町二丁目3番']);
    expect(findArea(readings, {}, registry)).toEqual({
      area: 'west',
      center_number: '0800100026',
      lives_in: 'west',
      findings: [],
    });
  });

  it('falls back to the postal code', () => {
    expect(findArea(plan(['postal_code', '310-0001']), {}, registry).area).toBe('east');
  });

  it('prefers the center on the plan to the address', () => {
    const readings = plan(['center_name', '見本地域包括支援センター'], ['address', '水戸市例示町1']);
    expect(findArea(readings, {}, registry)).toMatchObject({
      area: 'east',
      lives_in: 'west',
      home_area: 'west',
    });
  });

  it('names no other home for a person who moved, or whose address is of the same center', () => {
    const center = ['center_name', '見本地域包括支援センター'] as const;
    const moved = plan([...center], ['address', '水戸市例示町1'], ['address', '水戸市見本町1']);
    expect(findArea(moved, {}, registry)).not.toHaveProperty('home_area');
    const here = plan([...center], ['address', '水戸市見本町1']);
    expect(findArea(here, {}, registry)).not.toHaveProperty('home_area');
  });

  it('prefers the cover to the plan', () => {
    const readings = plan(['center_name', '見本地域包括支援センター']);
    expect(findArea(readings, { area: '西圏域' }, registry).area).toBe('west');
    expect(findArea(readings, { center_number: '0800100026' }, registry).area).toBe('west');
  });

  it('reports that no source decides it', () => {
    const result = findArea(plan(), {}, registry);
    expect(result).toMatchObject({ area: null, center_number: null, lives_in: null });
    expect(result.findings).toMatchObject([{ code: 'F_PACKET_AREA', severity: 'review' }]);
  });

  it('reports an area on the cover that the registry does not have, with those it has', () => {
    const readings = plan(['address', '水戸市見本町二丁目3番']);
    for (const area of ['banana', 'constructor', '__proto__']) {
      const found = findArea(readings, { area, center_number: '0800100026' }, registry);
      expect(found.area).toBe('west');
      expect(found.findings).toMatchObject([{ code: 'F_PACKET_JSON', severity: 'error' }]);
      expect(found.findings[0]!.message).toContain(`「${area}」`);
      expect(found.findings[0]!.remedy).toContain('西圏域');
    }
    expect(findArea(readings, { area: '西圏域' }, registry).findings).toEqual([]);
  });

  it('takes no center from the cover that no registry lists', () => {
    for (const one of [registry, null])
      expect(findArea(plan(), { center_number: '0870100021' }, one).center_number).toBeNull();
  });

  it('only notes it where there is no registry', () => {
    expect(findArea(plan(), {}, null).findings).toMatchObject([{ code: 'F_PACKET_AREA', severity: 'info' }]);
  });

  it('keeps the words of the cover where no table of areas exists', () => {
    expect(findArea(plan(), { area: '東圏域' }, null)).toMatchObject({ area: '東圏域', findings: [] });
  });
});
