import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import * as connect from '../../cli/connect.ts';
import { runReview } from '../../cli/review.ts';
import { runSupplement } from '../../cli/supplement.ts';
import { runWithdraw } from '../../cli/withdraw.ts';

/* What the verbs ask of the API; what the API does is tested with it. */

let asked: [path: string, body: unknown][];
let folder: string;
beforeEach(() => {
  asked = [];
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-acts-'));
  const client = new ApiClient({ url: 'http://desk.test' });
  vi.spyOn(client, 'request').mockImplementation(async (path, init) => {
    asked.push([path, JSON.parse(String(init?.body))]);
    return { state: 'asked' } as never;
  });
  vi.spyOn(client, 'send').mockImplementation(async (source, office, joins) => {
    asked.push(['send', { source, office, joins }]);
    return 'R1';
  });
  vi.spyOn(client, 'waitForAnswer').mockResolvedValue({ packets: [] } as never);
  vi.spyOn(connect, 'connect').mockReturnValue(client);
  vi.spyOn(connect, 'connectAsOperator').mockReturnValue(client);
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

it('withdraws a packet with a reason and a name, and not without', async () => {
  expect(await runWithdraw(['p1', '--reason', '別の月だった', '--by', '工藤'])).toBe(0);
  expect(await runWithdraw(['p1', '--by', '工藤'])).toBe(2);
  expect(asked).toEqual([['/packets/p1/withdraw', { reason: '別の月だった', by: '工藤' }]]);
});

it('sends files to a packet, and no folder', async () => {
  const file = join(folder, '利用票.pdf');
  writeFileSync(file, 'x');
  expect(await runSupplement(['p1', file, '--replaces', '古い.pdf'])).toBe(0);
  expect(await runSupplement(['p1', folder])).toBe(2);
  expect(asked).toEqual([
    [
      'send',
      {
        source: { name: '補正', files: [{ path: '利用票.pdf', file }] },
        office: undefined,
        joins: { packet_id: 'p1', replaces: ['古い.pdf'] },
      },
    ],
  ]);
});

it.each([
  [['claim', 'p1'], 'claim', {}],
  [['release', 'p1'], 'release', {}],
  [['remove-file', 'p1', '--file', 'd1'], 'remove-file', { digest: 'd1' }],
  [['withdrawal', 'p1', '--accept'], 'withdrawal', { accept: true }],
  [['withdrawal', 'p1', '--reason', '確認中'], 'withdrawal', { accept: false, reason: '確認中' }],
  [['close', 'p1', '--decision', 'confirmed'], 'close', { decision: 'confirmed' }],
])('acts on an item: review %j', async (argv, act, body) => {
  expect(await runReview([...argv, '--by', '井上'])).toBe(0);
  expect(asked).toEqual([[`/review/p1/${act}`, { ...body, by: '井上' }]]);
});

it.each([[['close', 'p1']], [['remove-file', 'p1']], [['erase', 'p1']], [['claim']]])(
  'refuses review %j',
  async (argv) => {
    expect(await runReview([...argv, '--by', '井上'])).toBe(2);
    expect(asked).toEqual([]);
  },
);
