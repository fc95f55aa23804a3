import type { Layout } from './layout.ts';

/**
 * Texts printed once for a block are blank on the records after it. Returns a function that takes the values of one record
 * after the other and fills in those of the block.
 */
export function carryDown({ columns, joins, carried }: Layout): (values: string[]) => void {
  const indexOf = (key: string): number => columns.findIndex((column) => column.key === key);
  const same = ['insurer', 'insured', joins].map(indexOf);
  const blocks = carried.map(({ until, keys }) => ({ until: until.map(indexOf), filled: keys.map(indexOf) }));
  let before: string[] = [];
  return (values) => {
    for (const { until, filled } of blocks) {
      const continues =
        same.every((i) => values[i] === before[i]) &&
        until.every((i) => values[i] === before[i] || values[i] === '');
      if (continues) for (const i of [...filled, ...until]) values[i] ||= before[i] ?? '';
    }
    if (blocks.length > 0) before = values;
  };
}
