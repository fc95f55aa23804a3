import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { reportFaultsTo } from '../../../shared/faults/report-fault.ts';
import { makePacket } from '../../../shared/packet/make-packet.ts';
import type { UploadEntry } from '../../../shared/packet/upload-entry.ts';
import { DEFAULT_LIMITS } from '../../../shared/packet/upload-limits.ts';
import { bufferSource } from '../../../shared/packet/zip/byte-source.ts';
import { listZip } from '../../../shared/packet/zip/list-zip.ts';
import { zipOf } from '../../builders/zip.ts';

let log: string[] = [];
const before = reportFaultsTo((code) => log.push(code));
beforeEach(() => {
  log = [];
});
afterAll(() => void reportFaultsTo(before));

const mistake = (): never => {
  throw new TypeError('reading 見本 花子');
};

const entry = (bytes: () => AsyncGenerator<Buffer>): UploadEntry => ({
  ...{ at: [0], path: '見本/計画書.pdf', parts: ['見本', '計画書.pdf'] },
  ...{ archive: null, trouble: null, isJunk: false, bytes },
});
const packetOf = (bytes: () => AsyncGenerator<Buffer>) =>
  makePacket({ name: '見本', depth: 1, entries: [entry(bytes)] }, DEFAULT_LIMITS);

describe('a TypeError in the reader of ZIPs is not blamed on the office', () => {
  it('where a file is unpacked', async () => {
    const packet = await packetOf(async function* () {
      yield mistake();
    });
    expect(packet.rejected).toEqual([{ path: '見本/計画書.pdf', outcome: 'unreadable' }]);
    expect(packet.findings).toMatchObject([
      { code: 'F_FILE_DESK_FAULT', severity: 'review', where: { file: '見本/計画書.pdf' } },
    ]);
    expect(packet.findings[0]?.remedy).toContain('事業所の対応は不要です');
    expect(log).toEqual([expect.stringMatching(/^TypeError \S/)]);
    expect(log.join()).not.toContain('花子');
  });

  it('where the directory is listed; the files still found are kept', async () => {
    const source = bufferSource(zipOf({ 'a.pdf': 'x' }));
    let reads = 0;
    const faulty = {
      ...source,
      read: async (...at: [number, number]) => (reads++ ? source.read(...at) : mistake()),
    };
    const { entries, damage } = await listZip(faulty, 10);
    expect(entries).toHaveLength(1);
    expect(damage).toMatchObject({ code: 'F_FILE_DESK_FAULT', remedy: expect.stringContaining('不要') });
    expect(log).toHaveLength(1);
  });
});

it('throws what the disk reports, so that the work is done again', async () => {
  const disk = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' });
  const failing = async function* (): AsyncGenerator<Buffer> {
    yield await Promise.reject(disk);
  };
  await expect(packetOf(failing)).rejects.toThrow('EIO');
  const source = { ...bufferSource(Buffer.alloc(100)), read: () => Promise.reject(disk) };
  await expect(listZip(source, 10)).rejects.toThrow('EIO');
  expect(log).toEqual([]);
});
