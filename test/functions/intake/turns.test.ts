import type { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it, vi } from 'vitest';
import { Turns } from '../../../functions/intake/turns.ts';

const MINUTE = 60_000;
/** @param answers the number of waiting messages, question by question */
function turnsWith(...answers: (string | Error)[]) {
  const send = vi.fn(async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return { Attributes: { ApproximateNumberOfMessages: answer } };
  });
  return { turns: new Turns({ send } as unknown as SQSClient, 'intake'), send };
}

it('leaves an upload its turn without asking', async () => {
  const { turns, send } = turnsWith();
  expect(await turns.isOver(1000, 20_000)).toBe(false);
  expect(await turns.isOver(60_000, 60_000)).toBe(false);
  expect(send).not.toHaveBeenCalled();
});

it('ends the turn where other messages wait', async () => {
  expect(await turnsWith('1').turns.isOver(1000, 20_001)).toBe(true);
});

it('goes on where no other message waits, and asks again after a pause', async () => {
  const { turns, send } = turnsWith('0', '3');
  expect(await turns.isOver(1000, 20_001, 0)).toBe(false);
  expect(await turns.isOver(1000, 20_100, 99)).toBe(false);
  expect(send).toHaveBeenCalledTimes(1);
  expect(await turns.isOver(1000, 22_001, 2000)).toBe(true);
});

it('ends the turn where the queue cannot be asked', async () => {
  expect(await turnsWith(new Error('no answer')).turns.isOver(1000, 20_001)).toBe(true);
});

it('ends before the function times out, whatever waits', async () => {
  const { turns, send } = turnsWith('0');
  expect(await turns.isOver(MINUTE, 8 * MINUTE + 1)).toBe(true);
  expect(send).not.toHaveBeenCalled();
});
