import { deflateBomb } from '../../builders/bombs.ts';
import { type ZipPart, zip } from '../../builders/zip.ts';
import type { BasePacket } from './base-packets.ts';
import type { HostileCase } from './case-kinds.ts';
import type { Random } from './random.ts';

/** A ZIP damaged in one of many ways. */
export function hostileZip(
  base: BasePacket,
  random: Random,
): Pick<HostileCase, 'what' | 'bytes' | 'paths' | 'spoilt' | 'damage'> {
  const [what, make, damage] = random.pick(WAYS);
  return { what, bytes: make(base, random), paths: null, spoilt: null, damage };
}

type Way = [
  what: string,
  make: (base: BasePacket, random: Random) => Uint8Array,
  damage: HostileCase['damage'],
];

const parts = (base: BasePacket): ZipPart[] =>
  [...base.files].map(([name, bytes]) => ({ name, bytes, method: 0 }));
/** The base packet with a further entry, or with one entry changed. */
const and = (base: BasePacket, ...more: ZipPart[]): Buffer => zip([...parts(base), ...more]);
const one = (base: BasePacket, random: Random, change: Partial<ZipPart>): Buffer => {
  const all = parts(base);
  Object.assign(random.pick(all.slice(0, -1)), change);
  return zip(all);
};

/** Numbers of the directory's end overwritten: `at` counts from its signature. */
const atEnd = (bytes: Buffer, at: number, write: (end: Buffer) => void): Buffer => {
  write(bytes.subarray(bytes.length - 22 + at));
  return bytes;
};
/** Every central entry, or every local one, changed in place. */
const eachHeader = (
  bytes: Buffer,
  signature: 'PK\x01\x02' | 'PK\x03\x04',
  change: (header: Buffer, i: number) => void,
): Buffer => {
  let i = 0;
  for (
    let at = bytes.indexOf(signature, 0, 'latin1');
    at >= 0;
    at = bytes.indexOf(signature, at + 4, 'latin1')
  )
    change(bytes.subarray(at), i++);
  return bytes;
};
/** An entry already packed: local header, data, directory, all by hand. `count` directory entries name the same data. */
function packed(
  name: string,
  data: Buffer,
  { unpacked = 0, count = 1, extra = Buffer.alloc(0) } = {},
): Buffer {
  const label = Buffer.from(name);
  const head = Buffer.alloc(26);
  head.writeUInt16LE(45, 0);
  head.writeUInt16LE(8, 4);
  head.writeUInt32LE(data.length, 14);
  head.writeUInt32LE(unpacked >>> 0, 18);
  head.writeUInt16LE(label.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, label, data]);
  const directory = Array.from({ length: count }, (_, i) => {
    const entry = Buffer.from(count === 1 ? name : `${i}-${name}`);
    const central = Buffer.alloc(42);
    head.copy(central, 2);
    central.writeUInt16LE(entry.length, 24);
    central.writeUInt16LE(extra.length, 26);
    return Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), central, entry, extra]);
  });
  const body = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(body.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([
    local,
    body,
    ...(count < 0xffff ? [] : end64(count, body.length, local.length)),
    end,
  ]);
}

/** More files than 16 bits can count need a 64-bit end record. */
function end64(count: number, size: number, offset: number): Buffer[] {
  const end = Buffer.alloc(56);
  end.write('PK\x06\x06', 'latin1');
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt32LE(0x002d_002d, 12);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return [end, locator];
}

/** zlib data without its header: what a ZIP holds */
const bomb = (megabytes: number): Buffer => deflateBomb(megabytes).subarray(2, -4);
const nested = (depth: number, inner: Buffer): Buffer =>
  depth === 0 ? inner : zip([{ name: `${depth}.zip`, bytes: nested(depth - 1, inner), method: 0 }]);

const DANGEROUS = [
  '../../etc/passwd',
  '..\\..\\windows\\x.pdf',
  '/etc/passwd',
  'C:\\x.pdf',
  'a/../../b.pdf',
  '\\\\server\\share\\x',
  'x\0.pdf',
  'a\r\nSet-Cookie: x',
  `${'a/'.repeat(3000)}x.pdf`,
  '....//x',
];
const ODD_NAMES = [
  '',
  '/',
  '.',
  'CON',
  'aux.pdf',
  'x'.repeat(60_000),
  '\u202efdp.exe',
  '見本／花子.pdf',
  'か\u3099.pdf',
  'constructor',
  '__proto__',
  '__proto__/x.pdf',
  'packet.json/x',
  '<script>.pdf',
  "'; DROP TABLE",
  '%2e%2e%2f',
  ' ',
  '🙂.pdf',
];

const WAYS: Way[] = [
  ['cut off', (base, r) => base.zip.subarray(0, r.between(1, base.zip.length - 23)), 'lost'],
  ['the first half gone', (base, r) => base.zip.subarray(r.between(5, base.zip.length / 2)), 'lost'],
  [
    'random bytes after PK',
    (_, r) => Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), r.bytes(r.between(0, 3000))]),
    'lost',
  ],
  ['no ZIP', (_, r) => r.bytes(r.between(0, 3000)), 'lost'],
  ['an end without a beginning', () => Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1'), 'lost'],
  ['a size that is too small', (base, r) => one(base, r, { declared: { size: 1 } }), 'changed'],
  ['a size that is too large', (base, r) => one(base, r, { declared: { size: 0xffff_fffe } }), 'changed'],
  ['a wrong checksum', (base, r) => one(base, r, { declared: { crc32: 1 } }), 'lost'],
  [
    'false sizes of packed data',
    (base, r) =>
      eachHeader(
        and(base),
        'PK\x01\x02',
        (h, i) => i === 1 && h.writeUInt32LE(r.pick([0, 1, 0x7fff_ffff, 0xffff_fffe]), 20),
      ),
    'lost',
  ],
  [
    'false offsets of data',
    (base, r) =>
      eachHeader(
        and(base),
        'PK\x01\x02',
        (h, i) => i === 1 && h.writeUInt32LE(r.pick([1, 0x7fff_ffff, 0xffff_fffe]), 42),
      ),
    'lost',
  ],
  ['a gigabyte out of a megabyte', () => packed('x.pdf', bomb(1024), { unpacked: 1024 ** 3 }), 'lost'],
  ['a gigabyte declared as ten bytes', () => packed('x.pdf', bomb(1024), { unpacked: 10 }), 'lost'],
  ['ninety megabytes, ninety times the same', () => packed('x.csv', bomb(90), { count: 90 }), 'lost'],
  ['a hundred and twenty thousand files', () => packed('x', bomb(0), { count: 120_000 }), 'lost'],
  [
    'a false number of files',
    (base, r) => atEnd(and(base), 8, (end) => end.writeUInt32LE(r.pick([0, 1, 0xffff, 0xffff_ffff]))),
    'changed',
  ],
  [
    'a false size of the directory',
    (base, r) => atEnd(and(base), 12, (end) => end.writeUInt32LE(r.pick([0, 1, 0xffff_fff0]))),
    'changed',
  ],
  [
    'a false offset of the directory',
    (base, r) => atEnd(and(base), 16, (end) => end.writeUInt32LE(r.pick([0, 5, 0xffff_fff0]))),
    'changed',
  ],
  ['a part of several', (base) => atEnd(and(base), 4, (end) => end.writeUInt16LE(3)), 'lost'],
  [
    'a comment that holds another end',
    (base) => Buffer.concat([and(base), Buffer.from('PK\x05\x06junk', 'latin1')]),
    'changed',
  ],
  ['a program before it', (base, r) => Buffer.concat([Buffer.from('MZ'), r.bytes(2000), and(base)]), 'lost'],
  ['ZIPs in ZIPs', (_, r) => nested(r.between(2, 40), Buffer.from('x')), 'lost'],
  [
    'a nested ZIP that is cut off',
    (base, r) =>
      and(base, {
        name: '別の人.zip',
        bytes: base.zip.subarray(0, r.between(30, base.zip.length / 2)),
        method: 0,
      }),
    'lost',
  ],
  [
    'a nested ZIP that unpacks to a gigabyte',
    (base) => and(base, { name: '別の人.zip', bytes: packed('x.pdf', bomb(1024)), method: 0 }),
    'lost',
  ],
  [
    'a dangerous name',
    (base, r) => and(base, { name: r.pick(DANGEROUS), bytes: 'x', ...(r.next() > 0.5 && { host: 3 }) }),
    'lost',
  ],
  [
    'an odd name',
    (base, r) => and(base, { name: r.pick(ODD_NAMES), bytes: 'x', ...(r.next() > 0.5 && { host: 3 }) }),
    'changed',
  ],
  [
    'CP932 names with 0x5C in them',
    (base) =>
      zip([
        ...parts(base).map((part) => ({ ...part, names: 'cp932' as const })),
        { name: '表ソ能予.pdf', bytes: 'x', names: 'cp932' },
      ]),
    'changed',
  ],
  [
    'names in no encoding',
    (base) => eachHeader(and(base), 'PK\x01\x02', (h) => h.length > 60 && h.fill(0xff, 46, 48)),
    'changed',
  ],
  [
    'two files of one name',
    (base, r) => and(base, { name: r.pick([...base.files.keys()]), bytes: 'something else' }),
    'lost',
  ],
  [
    'names that differ in form only',
    (base) => and(base, { name: 'が.pdf', bytes: 'a' }, { name: 'か\u3099.pdf', bytes: 'b' }),
    'changed',
  ],
  ['one file under a password', (base, r) => one(base, r, { encrypted: true }), 'lost'],
  [
    'an unknown compression method',
    (base, r) => one(base, r, { method: r.pick([1, 9, 12, 14, 93, 95, 98, 99]) }),
    'lost',
  ],
  ['a link', (base) => and(base, { name: '被保険者証.pdf', bytes: '/etc/passwd', symlink: true }), 'lost'],
  [
    'sizes after the data',
    (base) => zip(parts(base).map((part) => ({ ...part, method: 8, streamed: true }))),
    'changed',
  ],
  [
    'sizes after the data, and no directory',
    (base) => {
      const all = zip(parts(base).map((part) => ({ ...part, method: 8, streamed: true })));
      return all.subarray(0, all.indexOf('PK\x01\x02', 0, 'latin1'));
    },
    'lost',
  ],
  [
    'false 64-bit sizes',
    (_, r) =>
      packed('x.pdf', bomb(1), {
        unpacked: 0xffff_ffff,
        extra: Buffer.concat([
          Buffer.from([1, 0, 16, 0]),
          r.pick([Buffer.alloc(16, 0xff), Buffer.alloc(16, 0x7f), Buffer.alloc(8)]),
        ]),
      }),
    'lost',
  ],
  [
    'a 64-bit end record with random offsets',
    (base, r) => {
      const all = and(base);
      const locator = Buffer.alloc(20);
      locator.write('PK\x06\x07', 'latin1');
      locator.writeBigUInt64LE(r.pick([0n, 5n, 2n ** 62n]), 8);
      const end = all.subarray(-22);
      end.fill(0xff, 8, 20);
      return Buffer.concat([all.subarray(0, -22), locator, end]);
    },
    'lost',
  ],
];
