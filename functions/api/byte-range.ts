/** Bytes of a file, `end` not included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The range a request asks for (RFC 9110, 14.1.2), at most `most` bytes of it. Null: the header asks for none, or is one
 * this server may ignore (several ranges, another unit). `unsatisfiable`: it begins behind the end.
 */
export function parseRange(
  header: string | undefined,
  size: number,
  most: number,
): ByteRange | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (start >= size || (first === '' && Number(last) === 0)) return 'unsatisfiable';
  if (end <= start) return null;
  return { start, end: Math.min(end, start + most) };
}

/**
 * The bytes of a range out of chunks of `size` bytes that come in order; nothing behind it is read. A range up to the end
 * reads all, with the check that comes after the last byte.
 */
export async function sliceOf(
  chunks: AsyncIterable<Buffer>,
  { start, end }: ByteRange,
  size: number,
): Promise<Buffer> {
  const kept: Buffer[] = [];
  let at = 0;
  for await (const chunk of chunks) {
    if (at + chunk.length > start && at < end) kept.push(chunk.subarray(Math.max(0, start - at), end - at));
    at += chunk.length;
    if (at >= end && end < size) break;
  }
  return Buffer.concat(kept);
}
