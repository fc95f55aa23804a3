import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { ObjectKeeper } from '../../../../shared/records/store/object-keeper.ts';

// The store of one machine has no locks: this test checks the requests to S3.
interface Sent {
  name: string;
  input: Record<string, unknown>;
}

function keeper(locked: Date | null, locks = true): { sent: Sent[]; keeper: ObjectKeeper } {
  const sent: Sent[] = [];
  const answers: Record<string, () => unknown> = {
    ListObjectVersionsCommand: () => ({
      Versions: [
        { Key: 'a.json', VersionId: 'v1' },
        { Key: 'a.json', VersionId: 'v2' },
        { Key: 'a.json.other', VersionId: 'x' },
      ],
    }),
    GetObjectRetentionCommand: () => {
      if (locked) return { Retention: { Mode: 'GOVERNANCE', RetainUntilDate: locked } };
      throw Object.assign(new Error(), { name: 'NoSuchObjectLockConfiguration' });
    },
    GetObjectCommand: () => ({ Body: Readable.from([Buffer.from('x')]) }),
  };
  const s3 = {
    send: async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
      sent.push({ name: command.constructor.name, input: command.input });
      return answers[command.constructor.name]?.() ?? {};
    },
  } as unknown as S3Client;
  return { sent, keeper: new ObjectKeeper(s3, { inbox: 'in', results: 'out' }, locks) };
}
const object = { bucket: 'results', key: 'a.json' } as const;
const of = (sent: Sent[], name: string) => sent.filter((one) => one.name === name).map((one) => one.input);

describe('an object of a case', () => {
  it('is locked in governance mode, every version, until the end of the day in Japan', async () => {
    const { sent, keeper: one } = keeper(null);
    await one.keepUntil([object], '2029-03-31');
    expect(of(sent, 'PutObjectRetentionCommand')).toEqual(
      ['v1', 'v2'].map((VersionId) => ({
        Bucket: 'out',
        Key: 'a.json',
        VersionId,
        Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2029-04-01T00:00:00+09:00') },
      })),
    );
  });

  it('stays locked for longer where another case needs it longer', async () => {
    const { sent, keeper: one } = keeper(new Date('2031-01-01'));
    await one.keepUntil([object], '2029-03-31');
    expect(of(sent, 'PutObjectRetentionCommand')).toEqual([]);
  });

  it('gets no lock where the period has ended already, which S3 would refuse', async () => {
    const { sent, keeper: one } = keeper(null);
    await one.keepUntil([object], '2024-03-31');
    expect(of(sent, 'PutObjectRetentionCommand')).toEqual([]);
  });

  it('is held and released, every version', async () => {
    const { sent, keeper: one } = keeper(null);
    await one.hold([object], true);
    await one.hold([object], false);
    expect(of(sent, 'PutObjectLegalHoldCommand').map((input) => input.LegalHold)).toEqual([
      { Status: 'ON' },
      { Status: 'ON' },
      { Status: 'OFF' },
      { Status: 'OFF' },
    ]);
  });

  it('is erased with every version, never bypassing a lock', async () => {
    const { sent, keeper: one } = keeper(null);
    expect(await one.erase(object)).toMatchObject({
      key: 'a.json',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const deleted = of(sent, 'DeleteObjectCommand');
    expect(deleted.map((input) => input.VersionId)).toEqual(['v1', 'v2']);
    for (const input of deleted) expect(input.BypassGovernanceRetention).toBeUndefined();
  });

  it('on one machine is only erased, without locks', async () => {
    const { sent, keeper: one } = keeper(null, false);
    await one.keepUntil([object], '2029-03-31');
    await one.hold([object], true);
    expect(sent).toEqual([]);
    await one.erase(object);
    expect(of(sent, 'DeleteObjectCommand')).toEqual([{ Bucket: 'out', Key: 'a.json' }]);
  });
});
