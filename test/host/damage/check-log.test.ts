import { describe, expect, it } from 'vitest';
import { checkLog, crc32c } from '../../../host/damage/check-log.ts';

const BLOCK = 32 * 1024;

/** A record as LevelDB writes it. */
function record(data: Buffer, type = 1): Buffer {
  const header = Buffer.alloc(7);
  header.writeUInt16LE(data.length, 4);
  header[6] = type;
  const crc = crc32c(Buffer.concat([header.subarray(6), data]));
  header.writeUInt32LE((((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0, 0);
  return Buffer.concat([header, data]);
}
const text = (length: number) => Buffer.alloc(length, 'a');
/** Two blocks: the first ends with a rest too short for a header. */
const log = Buffer.concat([
  record(text(100)),
  record(text(BLOCK - 107 - 7 - 3), 2),
  Buffer.alloc(3),
  record(text(50), 4),
  record(text(20)),
]);
const flipped = (at: number) => {
  const copy = Buffer.from(log);
  copy[at]! ^= 1;
  return copy;
};

it('computes the checksum of the standard', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
});

describe('a log of the tables', () => {
  it('that is whole or empty has no damage', () => {
    expect(checkLog(log)).toEqual({ unreadable: 0, cutOff: 0 });
    expect(checkLog(Buffer.alloc(0))).toEqual({ unreadable: 0, cutOff: 0 });
  });

  it.each([0, 4, 5, 6, 7, 106, 200, BLOCK, BLOCK + 10, log.length - 1])(
    'with a flipped bit at byte %i has an unreadable record',
    (at) => {
      expect(checkLog(flipped(at)).unreadable).toBe(1);
    },
  );

  it('counts the unreadable records of several blocks, and zeros', () => {
    const copy = flipped(10);
    copy.fill(0, BLOCK, BLOCK + 20);
    expect(checkLog(copy)).toEqual({ unreadable: 2, cutOff: 0 });
  });

  it.each([1, 20, 26, 30])(
    'without its last %i bytes has a record that was not written to its end',
    (bytes) => {
      expect(checkLog(log.subarray(0, log.length - bytes))).toEqual({
        unreadable: 0,
        cutOff: expect.any(Number),
      });
      expect(checkLog(log.subarray(0, log.length - bytes)).cutOff).toBeGreaterThan(0);
    },
  );
});
