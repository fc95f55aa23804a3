import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendFile } from '../../../../web/office/send/send-file.ts';
import { memoryStorage } from '../../memory-storage.ts';

// How the page sends a file to a busy desk, with a minimal browser.

const json = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const BUSY = '提出が集中しているため、新しい受付を一時止めています。';
const busy = () => json(503, { message: BUSY }, { 'retry-after': '10' });

let announcements: Response[];
let inbox: { status: number; text?: string }[];
let waited: number[];

beforeEach(() => {
  vi.useFakeTimers();
  announcements = [];
  inbox = [];
  waited = [];
  vi.stubGlobal('sessionStorage', memoryStorage());
  vi.stubGlobal('location', { origin: 'http://desk', search: '', hash: '' });
  vi.stubGlobal('fetch', async (path: string) => {
    if (path.endsWith('/session')) return json(200, { domain: 'http://desk', client: 'c1' });
    const taken = { upload_id: 'R1', url: 'http://desk/inbox', fields: {}, max_bytes: 100 };
    return announcements.shift() ?? json(201, taken);
  });
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      upload = {};
      onload = () => {};
      status = 0;
      responseText = '';
      open() {}
      getResponseHeader = () => null;
      send() {
        const { status, text = '' } = inbox.shift() ?? { status: 204 };
        Object.assign(this, { status, responseText: text });
        this.onload();
      }
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Sends a file, and advances the clock until it is sent or given up. */
async function sending(): Promise<string> {
  const outcome = sendFile({ name: 'x.zip' }, new Blob(['x']), {
    onNumber: () => {},
    onProgress: () => {},
    onWait: (seconds) => waited.push(seconds),
  }).catch((error) => `error: ${error.message}`);
  await vi.runAllTimersAsync();
  return outcome;
}

describe('the console, where the desk is busy', () => {
  it('counts the seconds down and sends again, not before Retry-After', async () => {
    announcements = [busy()];
    expect(await sending()).toBe('R1');
    expect(waited[0]).toBeGreaterThanOrEqual(10);
    expect(waited[0]).toBeLessThanOrEqual(15);
    expect(waited.at(-1)).toBe(1);
  });

  it('handles 429 of the API and a busy inbox in the same way', async () => {
    announcements = [json(429, { message: 'Too Many Requests' })];
    inbox = [{ status: 503, text: '<Error>SlowDown</Error>' }];
    expect(await sending()).toBe('R1');
    expect(waited.filter((left) => left === 1)).toHaveLength(2);
  });

  it('gives up after a quarter of an hour, with the message of the desk', async () => {
    announcements = Array.from({ length: 200 }, busy);
    expect(await sending()).toBe(`error: ${BUSY}`);
    expect(waited.length).toBeGreaterThan(14 * 60);
    expect(waited.length).toBeLessThanOrEqual(15 * 60);
  });

  it('asks for another address where the first has ended, once', async () => {
    inbox = [{ status: 403 }];
    announcements = [json(201, { upload_id: 'R0', url: 'http://desk/inbox', fields: {}, max_bytes: 100 })];
    expect(await sending()).toBe('R1');
    inbox = [{ status: 403 }, { status: 403 }];
    expect(await sending()).toMatch(/^error: /);
  });

  it('sends nothing where the desk has the bytes already', async () => {
    announcements = [json(200, { upload_id: 'R7', received: true })];
    inbox = [{ status: 500 }];
    expect(await sending()).toBe('R7');
  });

  it('shows why the inbox refuses, and does not retry', async () => {
    inbox = [{ status: 507, text: '{"message":"受付の保存先の空きが足りません。"}' }];
    expect(await sending()).toBe('error: 受付の保存先の空きが足りません。');
    expect(waited).toEqual([]);
  });
});
