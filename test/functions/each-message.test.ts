import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { eachMessage, parseMessage } from '../../functions/each-message.ts';
import { errorCode, log } from '../../functions/log.ts';
import { FAULT, reportFault } from '../../shared/faults/report-fault.ts';

const event = (...messages: [id: string, body: string, group?: string][]): SQSEvent => ({
  Records: messages.map(
    ([messageId, body, MessageGroupId]) =>
      ({ messageId, body, attributes: { MessageGroupId } }) as unknown as SQSEvent['Records'][number],
  ),
});
const quiet = () => vi.spyOn(process.stderr, 'write').mockReturnValue(true);

describe('a batch', () => {
  it('names the messages that failed, and only those', async () => {
    const output = quiet();
    const { batchItemFailures } = await eachMessage(
      event(['a', '1'], ['b', '2'], ['c', '3']),
      'x',
      async (body) => {
        if (body === 2) throw new Error('no');
      },
    );
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'b' }]);
    output.mockRestore();
  });

  it('keeps the order of a FIFO group: after one failed, the later ones of the group are returned too', async () => {
    const output = quiet();
    const done: unknown[] = [];
    const { batchItemFailures } = await eachMessage(
      event(['a', '1', 'g'], ['b', '2', 'g'], ['c', '3', 'h']),
      'x',
      async (body) => {
        if (body === 1) throw new Error('no');
        done.push(body);
      },
    );
    expect(batchItemFailures.map((one) => one.itemIdentifier)).toEqual(['a', 'b']);
    expect(done).toEqual([3]);
    output.mockRestore();
  });

  it('leaves a message that is no JSON, or of another shape, on its queue', async () => {
    const output = quiet();
    const schema = z.object({ kind: z.literal('packet') });
    const answer = await eachMessage(event(['a', '{'], ['b', '{"kind":"other"}']), 'x', async (body) => {
      parseMessage(schema, body);
    });
    expect(answer.batchItemFailures).toHaveLength(2);
    output.mockRestore();
  });
});

describe('a log line', () => {
  it('contains what is on the allow-list and nothing else', () => {
    const output = quiet();
    log('warn', 'x', { packet_id: 'p', name: '見本 花子', insured_number: '0000000101' } as never);
    const line = String(output.mock.calls[0]![0]);
    output.mockRestore();
    expect(JSON.parse(line)).toEqual({ level: 'warn', what: 'x', packet_id: 'p' });
  });

  it('of an error names its class and our line, never its message', async () => {
    const output = quiet();
    await eachMessage(event(['a', '1']), 'x', async () => {
      throw new TypeError('見本 花子 0000000101');
    });
    const line = String(output.mock.calls[0]![0]);
    output.mockRestore();
    expect(line).not.toMatch(/見本|0000000101/);
    expect(line).toContain('TypeError');
    expect(errorCode('a string')).toBe('unknown');
  });
});

it('logs a fault inside a reader of documents by class and place', () => {
  const output = quiet();
  reportFault(new TypeError('見本 花子'));
  const line = String(output.mock.calls[0]![0]);
  output.mockRestore();
  expect(JSON.parse(line)).toEqual({
    level: 'error',
    what: FAULT,
    code: expect.stringMatching(/^TypeError/),
  });
  expect(line).not.toContain('花子');
});

describe('the code of an error', () => {
  const errorWith = (message: string, frames: string): Error =>
    Object.assign(new Error(message), { stack: `Error: ${message}\n${frames}` });

  it('is its place in the sources, and in a bundle the functions of its stack, never its message', () => {
    const message = '見本 花子\n    at MIHON (shared/hanako.ts:1)';
    const sources = '    at writeNotice (file:///desk/shared/records/views/write-notice.ts:41:9)';
    expect(errorCode(errorWith(message, sources))).toBe('Error shared/records/views/write-notice.ts:41');
    const bundle =
      '    at inner (file:///var/task/index.mjs:1:113)\n    at async r.readVerdict (file:///var/task/index.mjs:1:281)';
    expect(errorCode(errorWith(message, bundle))).toBe('Error inner < r.readVerdict');
    expect(errorCode(errorWith(message, ''))).toBe('Error');
  });
});
