import { expect, it } from 'vitest';
import { readCover } from '../../../shared/cover-sheet/read-cover.ts';
import type { Packet } from '../../../shared/packet/packet.ts';

const read = (cover: object) => {
  const bytes = Buffer.from(JSON.stringify(cover));
  const file = { path: 'packet.json', digest: 'a', size: bytes.length, read: async () => bytes };
  const packet: Packet = { name: '提出', digest: 'b', files: [file], findings: [], rejected: [] };
  return readCover(packet);
};

it('reads the facts of packet.json', async () => {
  expect(await read({ event: 'new' })).toMatchObject({ given: { event: 'new' }, findings: [] });
});

it.each([
  ['follows from others', { category: 'yobo_shien_direct' }, 'category'],
  ['comes from the records', { other_senders: [], rival_offices: '見本' }, 'other_senders、rival_offices'],
])('refuses a fact that %s', async (_, derived, names) => {
  const { given, findings } = await read({ event: 'new', ...derived });
  expect(given).toEqual({});
  expect(findings).toMatchObject([{ code: 'F_PACKET_JSON', severity: 'error' }]);
  expect(findings[0]!.message).toContain(`（${names}）は書けません`);
});
