import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AnswersInFlight } from '../../../functions/intake/answers-in-flight.ts';

const at = (packet: number, part = 0) => ({ packet, part });

/** Answers that last until the test ends them, so that no order depends on a clock. */
function heldAnswers() {
  const [begun, ended]: [string[], string[]] = [[], []];
  const held = new Map<string, PromiseWithResolvers<void>>();
  const hold = (name: string) => {
    const one = held.get(name) ?? Promise.withResolvers<void>();
    held.set(name, one);
    return one;
  };
  const answer = (name: string) => async () => {
    begun.push(name);
    await hold(name).promise;
    ended.push(name);
  };
  const end = async (name: string) => {
    hold(name).resolve();
    await turn();
  };
  return { begun, ended, answer, end };
}

describe('the answers of an upload', () => {
  it('are recorded at once, those of one person in the order of the upload', async () => {
    const answers = new AnswersInFlight();
    const { begun, ended, answer, end } = heldAnswers();
    await answers.add(at(1), 'a', answer('a1'));
    await answers.add(at(2), 'b', answer('b1'));
    await answers.add(at(3), 'a', answer('a2'));
    await end('a2');
    expect(begun).toEqual(['a1', 'b1']);
    await end('b1');
    await end('a1');
    await answers.end();
    expect(ended).toEqual(['b1', 'a1', 'a2']);
  });

  it('tell when those of a person are in the records', async () => {
    const answers = new AnswersInFlight();
    const { ended, answer, end } = heldAnswers();
    await answers.add(at(1), 'a', answer('a'));
    await answers.ended('b');
    expect(ended).toEqual([]);
    const isEnded = answers.ended('a');
    await end('a');
    await isEnded;
    expect(ended).toEqual(['a']);
  });

  it('of a packet with parts all end before the next packet begins', async () => {
    const answers = new AnswersInFlight();
    const { begun, ended, answer, end } = heldAnswers();
    await answers.add(at(1, 0), 'a', answer('1.0'));
    await answers.add(at(1, 1), 'b', answer('1.1'));
    const next = answers.add(at(2), 'c', answer('2'));
    await end('1.1');
    expect(begun).toEqual(['1.0', '1.1']);
    await end('1.0');
    await next;
    await end('2');
    await answers.end();
    expect(ended).toEqual(['1.1', '1.0', '2']);
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
