import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { eachAtOnce } from '../../../../shared/records/recovery/each-at-once.ts';

describe('eachAtOnce', () => {
  it('works on every item, on no more than the limit at a time', async () => {
    let [running, most] = [0, 0];
    const done: number[] = [];
    await eachAtOnce([5, 1, 4, 2, 3, 6], 3, async (item) => {
      most = Math.max(most, ++running);
      await sleep(item);
      running--;
      done.push(item);
    });
    expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(most).toBe(3);
  });

  it('throws the first failure when the work begun before it has ended, and begins no more', async () => {
    const ended: number[] = [];
    const work = eachAtOnce([1, 2, 3, 4, 5, 6], 2, async (item) => {
      if (item === 2) throw new Error('second');
      await sleep(5);
      ended.push(item);
    });
    await expect(work).rejects.toThrow('second');
    expect(ended).toContain(1);
    expect(ended).not.toContain(6);
  });
});
