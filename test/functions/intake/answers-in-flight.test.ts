import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AnswersInFlight } from '../../../functions/intake/answers-in-flight.ts';

const at = (packet: number, part = 0) => ({ packet, part });

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
    await answers.add(at(1), 'a', answer('a1', 20));
    await answers.add(at(2), 'b', answer('b1', 1));
    await answers.add(at(3), 'a', answer('a2', 1));
    await answers.end();
    expect(most).toBe(2);
    expect(ended).toEqual(['b1', 'a1', 'a2']);
  });

  it('tell when those of a person are in the records', async () => {
    const answers = new AnswersInFlight();
    const ended: string[] = [];
    await answers.add(at(1), 'a', async () => {
      await sleep(10);
      ended.push('a');
    });
    await answers.ended('b');
    expect(ended).toEqual([]);
    await answers.ended('a');
    expect(ended).toEqual(['a']);
  });

  it('of a packet with parts all end before the next packet begins', async () => {
    const answers = new AnswersInFlight();
    const ended: string[] = [];
    const answer = (name: string, ms: number) => async () => {
      await sleep(ms);
      ended.push(name);
    };
    await answers.add(at(1, 0), 'a', answer('1.0', 20));
    await answers.add(at(1, 1), 'b', answer('1.1', 5));
    await answers.add(at(2), 'c', answer('2', 1));
    expect(ended).toEqual(['1.1', '1.0']);
    await answers.end();
  });

  it('are never more than thirty-two at once', async () => {
    const answers = new AnswersInFlight();
    let [running, most] = [0, 0];
    for (let n = 1; n <= 100; n++)
      await answers.add(at(n), `person ${n}`, async () => {
        most = Math.max(most, ++running);
        await sleep(1);
        running--;
      });
    await answers.end();
    expect(most).toBe(32);
  });

  it('throw a failure only after the others have ended', async () => {
    const answers = new AnswersInFlight();
    let isEnded = false;
    await answers.add(at(1), 'a', () => Promise.reject(new Error('first')));
    await answers.add(at(2), 'b', async () => {
      await sleep(10);
      isEnded = true;
    });
    await expect(answers.end()).rejects.toThrow('first');
    expect(isEnded).toBe(true);
  });
});
