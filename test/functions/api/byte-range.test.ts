import { expect, test } from 'vitest';
import { parseRange, sliceOf } from '../../../functions/api/byte-range.ts';

test('reads the forms of a range and cuts it to what one answer may hold', () => {
  expect(parseRange('bytes=0-9', 100, 50)).toEqual({ start: 0, end: 10 });
  expect(parseRange('bytes=90-', 100, 50)).toEqual({ start: 90, end: 100 });
  expect(parseRange('bytes=-20', 100, 50)).toEqual({ start: 80, end: 100 });
  expect(parseRange('bytes=0-', 100, 50)).toEqual({ start: 0, end: 50 });
  expect(parseRange('bytes=95-300', 100, 50)).toEqual({ start: 95, end: 100 });
});

test('refuses a range behind the end, and ignores what is none', () => {
  expect(parseRange('bytes=100-', 100, 50)).toBe('unsatisfiable');
  expect(parseRange('bytes=-0', 100, 50)).toBe('unsatisfiable');
  for (const header of [undefined, '', 'bytes=-', 'bytes=5-2', 'bytes=0-1,4-5', 'rows=0-9'])
    expect(parseRange(header, 100, 50), header).toBeNull();
});

test('takes a slice over chunks and reads nothing behind it', async () => {
  let read = 0;
  async function* chunks() {
    for (const text of ['abc', 'def', 'ghi', 'jkl']) {
      read++;
      yield Buffer.from(text);
    }
  }
  expect((await sliceOf(chunks(), { start: 2, end: 7 }, 12)).toString()).toBe('cdefg');
  expect(read).toBe(3);
});

test('reads a slice up to the end with the check behind the last byte', async () => {
  async function* damaged() {
    yield Buffer.from('abc');
    yield Buffer.from('def');
    throw new Error('checksum');
  }
  expect((await sliceOf(damaged(), { start: 0, end: 5 }, 6)).toString()).toBe('abcde');
  await expect(sliceOf(damaged(), { start: 4, end: 6 }, 6)).rejects.toThrow('checksum');
});
