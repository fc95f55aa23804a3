import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pageImages } from '../../../../../shared/documents/ocr/image/page-images.ts';
import { countTiffPages, isTiff } from '../../../../../shared/documents/ocr/image/tiff-to-pdf.ts';

interface Picture {
  width: number;
  height: number;
  bits: number;
  compression: number;
  photometric: number;
  data: Buffer;
  dpi?: number;
}

/** A TIFF with one strip for each picture; both byte orders. */
function tiff(pictures: Picture[], little = true): Buffer {
  const chunks: Buffer[] = [];
  const number = (value: number, size: 2 | 4): Buffer => {
    const bytes = Buffer.alloc(size);
    if (size === 2) little ? bytes.writeUInt16LE(value) : bytes.writeUInt16BE(value);
    else little ? bytes.writeUInt32LE(value) : bytes.writeUInt32BE(value);
    return bytes;
  };
  let at = 8;
  const starts: number[] = [];
  const put = (bytes: Buffer): number => {
    const place = at;
    chunks.push(bytes);
    at += bytes.length;
    return place;
  };
  const directories: Buffer[][] = [];
  for (const p of pictures) {
    const strip = put(p.data);
    const resolution = put(Buffer.concat([number(p.dpi ?? 200, 4), number(1, 4)]));
    const tags: [number, 3 | 4 | 5, number][] = [
      [256, 4, p.width],
      [257, 4, p.height],
      [258, 3, p.bits],
      [259, 3, p.compression],
      [262, 3, p.photometric],
      [273, 4, strip],
      [277, 3, 1],
      [278, 4, p.height],
      [279, 4, p.data.length],
      [282, 5, resolution],
      [283, 5, resolution],
      [296, 3, 2],
    ];
    directories.push(
      tags.map(([tag, type, value]) =>
        Buffer.concat([
          number(tag, 2),
          number(type, 2),
          number(1, 4),
          type === 3 ? Buffer.concat([number(value, 2), Buffer.alloc(2)]) : number(value, 4),
        ]),
      ),
    );
  }
  for (const entries of directories)
    starts.push(put(Buffer.concat([number(entries.length, 2), ...entries, Buffer.alloc(4)])));
  const file = Buffer.concat([
    Buffer.from(little ? 'II' : 'MM', 'latin1'),
    number(42, 2),
    number(starts[0] ?? 0, 4),
    ...chunks,
  ]);
  // each directory says where the next one is
  for (const [i, start] of starts.entries())
    number(starts[i + 1] ?? 0, 4).copy(file, start + 2 + (directories[i]?.length ?? 0) * 12);
  return file;
}

/** A BigTIFF of one picture in one strip. */
function bigTiff(p: Picture): Buffer {
  const tags: [tag: number, type: 3 | 5 | 16, value: Buffer][] = [
    [256, 16, u64(p.width)],
    [257, 16, u64(p.height)],
    [258, 3, u64(p.bits)],
    [259, 3, u64(p.compression)],
    [262, 3, u64(p.photometric)],
    [273, 16, u64(16)],
    [278, 16, u64(p.height)],
    [279, 16, u64(p.data.length)],
    [282, 5, ratio(200)],
    [283, 5, ratio(200)],
    [296, 3, u64(2)],
  ];
  const entries = tags.map(([tag, type, value]) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(tag);
    head.writeUInt16LE(type, 2);
    return Buffer.concat([head, u64(1), value]);
  });
  const head = Buffer.from('II+\0\x08\0\0\0', 'latin1');
  return Buffer.concat([head, u64(16 + p.data.length), p.data, u64(tags.length), ...entries, u64(0)]);
}
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const ratio = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(value);
  bytes.writeUInt32LE(1, 4);
  return bytes;
};

const WIDTH = 400;
const HEIGHT = 300;
/** The left half of the page black. */
const gray = Buffer.from(Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i % WIDTH < WIDTH / 2 ? 0 : 255)));
/** One bit, 0 is white (as fax machines write it). */
const bilevel = Buffer.from(
  Array.from({ length: (WIDTH / 8) * HEIGHT }, (_, i) => (i % (WIDTH / 8) < WIDTH / 16 ? 0xff : 0)),
);
const packed = Buffer.concat(
  Array.from({ length: HEIGHT }, () =>
    Buffer.from([256 - (WIDTH / 16 - 1), 0xff, 256 - (WIDTH / 16 - 1), 0]),
  ),
);
/**
 * The same page as fax, group 4. First line: horizontal mode 001, white run 0 (00110101), black run 200 (192: 000011001000,
 * 8: 000101), then vertical mode to the end of the line. Every other line is like the one above it: V0 V0.
 */
const g4 = (() => {
  let bits = '001' + '00110101' + '000011001000' + '000101' + '1';
  for (let y = 1; y < HEIGHT; y++) bits += '1' + '1' + '1';
  bits += '000000000001000000000001';
  return Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
})();

const page = { width: WIDTH, height: HEIGHT };
async function darkness(file: Buffer): Promise<{ left: number; right: number; width: number }[]> {
  const found: { left: number; right: number; width: number }[] = [];
  for await (const each of pageImages(file)) {
    if (!('image' in each)) throw each.error;
    const { width, height, data, dpi } = each.image;
    const at = (x: number): number =>
      255 - (data[Math.round(height / 2) * width + Math.round(x * width)] as number);
    found.push({ left: at(0.2), right: at(0.8), width: Math.round((width / dpi) * 10) / 10 });
  }
  return found;
}

describe('a TIFF', () => {
  it.each([
    ['uncompressed gray', { ...page, bits: 8, compression: 1, photometric: 1, data: gray }],
    ['deflated gray', { ...page, bits: 8, compression: 8, photometric: 1, data: deflateSync(gray) }],
    ['one bit, white is zero', { ...page, bits: 1, compression: 1, photometric: 0, data: bilevel }],
    ['packed bits', { ...page, bits: 1, compression: 32773, photometric: 0, data: packed }],
    ['fax, group 4', { ...page, bits: 1, compression: 4, photometric: 0, data: g4 }],
  ])('%s is drawn as it is meant, in the size it says', async (_what, picture) => {
    expect(await darkness(tiff([picture]))).toEqual([{ left: 255, right: 0, width: 2 }]);
    expect(await darkness(tiff([picture], false))).toEqual([{ left: 255, right: 0, width: 2 }]);
  });
  it('with offsets of eight bytes is drawn as one of four', async () => {
    const file = bigTiff({ ...page, bits: 8, compression: 1, photometric: 1, data: gray });
    expect(countTiffPages(file)).toBe(1);
    expect(await darkness(file)).toEqual([{ left: 255, right: 0, width: 2 }]);
  });
  it('of three pages has three pages', async () => {
    const one = { ...page, bits: 8, compression: 1, photometric: 1, data: gray };
    const file = tiff([one, one, one]);
    expect(isTiff(file)).toBe(true);
    expect(countTiffPages(file)).toBe(3);
    expect(await darkness(file)).toHaveLength(3);
  });
  it('with a directory that points into itself ends all the same', () => {
    const file = tiff([{ ...page, bits: 8, compression: 1, photometric: 1, data: gray }]);
    const start = file.readUInt32LE(4);
    file.writeUInt32LE(start, start + 2 + 12 * 12);
    expect(countTiffPages(file)).toBe(1);
  });
  it.each([
    ['an unknown coding', tiff([{ ...page, bits: 8, compression: 34712, photometric: 1, data: gray }])],
    [
      'half of its bytes',
      tiff([{ ...page, bits: 8, compression: 1, photometric: 1, data: gray }]).subarray(0, 60_000),
    ],
  ])('with %s cannot be opened, and is no blank page', async (_what, file) => {
    await expect(darkness(file)).rejects.toThrow();
  });
});
