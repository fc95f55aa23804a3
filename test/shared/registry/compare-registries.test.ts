import { expect, it } from 'vitest';
import { compareRegistries } from '../../../shared/registry/compare-registries.ts';
import { parseRegistry } from '../../../shared/registry/registry.ts';

const area = (key: string, center: string) => ({ key, name: `圏域${key}`, center });
const registryOf = (over: object) => parseRegistry({ city: 'mito', ...over }, 'mito.yaml');

it('names what is added, removed and changed, entry by entry', () => {
  const before = registryOf({
    insurer_numbers: ['082016'],
    areas: [area('a', '0800100012'), area('b', '0800100020')],
    offices: [{ number: '0870100013', name: '見本', yobo_shien: [{ city: 'mito', from: '2024-04-01' }] }],
  });
  const after = registryOf({
    insurer_numbers: ['082016'],
    unit_price_yen: 10.21,
    areas: [area('b', '0800100038'), area('c', '0800100020')],
    offices: [
      {
        number: '0870100013',
        name: '見本',
        commissions: [],
        yobo_shien: [{ from: '2024-04-01', city: 'mito' }],
      },
    ],
  });
  expect(compareRegistries(before, after)).toMatchObject([
    { list: 'head', change: 'changed', fields: [{ field: 'unit_price_yen', before: null, after: 10.21 }] },
    { list: 'areas', key: 'a', change: 'removed' },
    { list: 'areas', key: 'b', fields: [{ field: 'center', before: '0800100020', after: '0800100038' }] },
    { list: 'areas', key: 'c', change: 'added' },
  ]);
});

it('finds nothing between two that say the same, and everything new where there was none', () => {
  const registry = registryOf({ areas: [area('a', '0800100012')] });
  expect(compareRegistries(registry, registryOf({ areas: [area('a', '0800100012')] }))).toEqual([]);
  expect(compareRegistries(null, registry)).toMatchObject([{ list: 'areas', key: 'a', change: 'added' }]);
});
