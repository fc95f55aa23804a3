import { crc32 } from 'node:zlib';
import { deflateBomb } from '../../builders/bombs.ts';
import type { Spoilt } from './case-kinds.ts';
import type { Random } from './random.ts';

/** A picture damaged in one of many ways. No reviewer has seen a picture, so a packet with one is never accepted. */
export function hostileImage(random: Random): Spoilt & { name: string } {
  const [what, name, make] = random.pick(WAYS);
  return { what, name, bytes: make(random), damage: 'lost' };
}

type Way = [what: string, name: string, make: (random: Random) => Uint8Array];

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
};
const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const header = (width: number, height: number, depth = 8): Buffer => {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width >>> 0, 0);
  data.writeUInt32BE(height >>> 0, 4);
  data[8] = depth;
  data[9] = 6;
  return chunk('IHDR', data);
};
const jpeg = (width: number, height: number, random: Random): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    Buffer.from([
      0xff,
      0xc0,
      0,
      17,
      8,
      height >> 8,
      height & 255,
      width >> 8,
      width & 255,
      3,
      1,
      0x22,
      0,
      2,
      0x11,
      1,
      3,
      0x11,
      1,
    ]),
    random.bytes(random.between(0, 2000)),
  ]);
const tiff = (random: Random): Buffer => {
  // A directory that names itself as the next, with entries of gigantic counts.
  const bytes = Buffer.alloc(64);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(2, 8);
  for (const at of [10, 22]) {
    bytes.writeUInt16LE(random.pick([256, 257, 273, 279]), at);
    bytes.writeUInt16LE(4, at + 2);
    bytes.writeUInt32LE(0xffffffff, at + 4);
    bytes.writeUInt32LE(0xfffffff0, at + 8);
  }
  bytes.writeUInt32LE(8, 34);
  return bytes;
};

const WAYS: Way[] = [
  ['PNG of 2³¹ by 2³¹', '写真.png', () => Buffer.concat([PNG, header(2 ** 31, 2 ** 31)])],
  [
    'PNG whose data unpack to gigabytes',
    '写真.png',
    () =>
      Buffer.concat([
        PNG,
        header(30_000, 30_000),
        chunk('IDAT', deflateBomb(300)),
        chunk('IEND', Buffer.alloc(0)),
      ]),
  ],
  ['PNG cut off', '写真.png', (r) => Buffer.concat([PNG, header(100, 100)]).subarray(0, r.between(4, 33))],
  ['PNG of no size', '写真.png', () => Buffer.concat([PNG, header(0, 0, 0), chunk('IEND', Buffer.alloc(0))])],
  ['JPEG of 65,535 by 65,535', '写真.jpg', (r) => jpeg(65_535, 65_535, r)],
  ['JPEG cut off', '写真.jpg', (r) => jpeg(100, 100, r).subarray(0, r.between(4, 40))],
  [
    'JPEG that is a PDF as well',
    '写真.jpg',
    (r) => Buffer.concat([jpeg(10, 10, r).subarray(0, 40), Buffer.from('%PDF-1.4\n'), r.bytes(200)]),
  ],
  [
    'PDF that is a JPEG as well',
    '写真.pdf',
    (r) => Buffer.concat([jpeg(10, 10, r), Buffer.from('%PDF-1.4\n%%EOF')]),
  ],
  ['TIFF whose directory is a circle', '写真.tif', tiff],
  ['GIF', '写真.gif', (r) => Buffer.concat([Buffer.from('GIF89a'), r.bytes(100)])],
  [
    'SVG with a script',
    '写真.svg',
    () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  ],
  [
    'HEIC',
    '写真.heic',
    (r) => Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), r.bytes(100)]),
  ],
  [
    'WebP',
    '写真.webp',
    (r) => Buffer.concat([Buffer.from('RIFF\xff\xff\0\0WEBPVP8L', 'latin1'), r.bytes(100)]),
  ],
  [
    'BigTIFF with a directory beyond its end',
    '写真.tif',
    (r) => Buffer.concat([Buffer.from('II+\0\x08\0\0\0', 'latin1'), r.bytes(8), r.bytes(100)]),
  ],
  [
    'BMP of 2³¹ pixels',
    '写真.bmp',
    (r) =>
      Buffer.concat([
        Buffer.from('BM'),
        r.bytes(16),
        Buffer.from([0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f]),
      ]),
  ],
];
