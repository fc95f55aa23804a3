import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AnswersInFlight, firstOpen } from '../../../functions/intake/answers-in-flight.ts';

describe('the answers of an upload', () => {
  it('are recorded at once, those of one person in the order of the upload', async () => {
    const answers = new AnswersInFlight();
    const ended: string[] = [];
    let [running, most] = [0, 0];
    const answer = (name: string, ms: number) => async () => {
      most = Math.max(most, ++running);
      await sleep(ms);
      running--;
      ended.push(name);
    };
    await answers.add('a', answer('a1', 20));
    await answers.add('b', answer('b1', 1));
    await answers.add('a', answer('a2', 1));
    await answers.end();
    expect(most).toBe(2);
    expect(ended).toEqual(['b1', 'a1', 'a2']);
  });

  it('tell when those of a person are in the records', async () => {
    const answers = new AnswersInFlight();
    const ended: string[] = [];
    await answers.add('a', async () => {
      await sleep(10);
      ended.push('a');
    });
    await answers.ended('b');
    expect(ended).toEqual([]);
    await answers.ended('a');
    expect(ended).toEqual(['a']);
  });

  it('leave none open before the ones a later run decides again', async () => {
    const answers = new AnswersInFlight();
    const ended = new Set<number>();
    let begun = 0;
    const never = new Promise<void>(() => {});
    // The fifth never ends: the run stops when it is the oldest one in flight.
    const run = (async () => {
      for (let n = 1; n <= 60; n++)
        await answers.add(`person ${n}`, async () => {
          begun = n;
          if (n === 5) await never;
          ended.add(n);
        });
    })();
    await Promise.race([run, sleep(50)]);
    expect(begun).toBeLessThan(60);
    const last = Math.max(...ended);
    for (let n = 1; n < firstOpen(last); n++) expect(ended.has(n), String(n)).toBe(true);
  });

  it('throw a failure only after the others have ended', async () => {
    const answers = new AnswersInFlight();
    let isEnded = false;
    await answers.add('a', () => Promise.reject(new Error('first')));
    await answers.add('b', async () => {
      await sleep(10);
      isEnded = true;
    });
    await expect(answers.end()).rejects.toThrow('first');
    expect(isEnded).toBe(true);
  });
});
