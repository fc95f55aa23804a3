import { constants, crc32, deflateRawSync, deflateSync } from 'node:zlib';

/** Data that is small when packed and huge when unpacked. */

/** zlib data that unpacks to about `megabytes` MB of blanks; each MB is about a kilobyte here. */
export function deflateBomb(megabytes: number): Buffer {
  const flushed = deflateSync(Buffer.alloc(1024 ** 2, 0x20), { finishFlush: constants.Z_FULL_FLUSH });
  const [header, block] = [flushed.subarray(0, 2), flushed.subarray(2)];
  const last = Buffer.from([0x01, 0x00, 0x00, 0xff, 0xff]);
  return Buffer.concat([header, ...Array.from({ length: megabytes }, () => block), last, Buffer.alloc(4)]);
}

/** A one-page PDF whose page unpacks to `megabytes` MB, packed twice: a few kilobytes for gigabytes. */
export function pdfBomb(megabytes: number): Uint8Array {
  const packed = deflateSync(deflateBomb(megabytes), { level: 9 });
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
    `<< /Length ${packed.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n${packed.toString('latin1')}\nendstream`,
  ];
  let body = '%PDF-1.7\n';
  const offsets = objects.map((object, i) => {
    const at = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const start = body.length;
  body += `xref\n0 5\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}

/** A ZIP written by hand: `count` entries of the directory, each with its own place among the local entries. */
function zipWithPlaces(
  locals: Buffer,
  records: { name: string; packed: number; unpacked: number; crc: number; offset: number }[],
): Buffer {
  const central = records.map(({ name, packed, unpacked, crc, offset }) => {
    const record = Buffer.alloc(46);
    record.write('PK\x01\x02', 'latin1');
    record.writeUInt16LE(20, 6);
    record.writeUInt16LE(8, 10);
    record.writeUInt32LE(crc, 16);
    record.writeUInt32LE(packed, 20);
    record.writeUInt32LE(unpacked, 24);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt32LE(offset, 42);
    return Buffer.concat([record, Buffer.from(name, 'latin1')]);
  });
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Math.min(records.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(records.length, 0xffff), 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(locals.length, 16);
  return Buffer.concat([locals, directory, end]);
}

function localEntry(name: string, packed: Buffer, unpacked: number, crc: number): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packed.length, 18);
  header.writeUInt32LE(unpacked, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name, 'latin1'), packed]);
}

const MB = 1024 ** 2;

/** A kernel of a few kilobytes that `count` entries of the directory share: 8 MB each, below every limit of one file. */
export function overlappingBomb(count: number): Buffer {
  const { packed, unpacked, crc } = KERNEL();
  const locals = localEntry('a.csv', packed, unpacked, crc);
  const one = { packed: packed.length, unpacked, crc, offset: 0 };
  const records = Array.from({ length: count }, (_, i) => ({ ...one, name: `p${i}/a.csv` }));
  return zipWithPlaces(locals, records);
}

/** The local headers of the later entries are inside the data of the earlier ones, as stored blocks of the stream. */
export function quotedBomb(count: number): Buffer {
  const kernel = KERNEL();
  const names = Array.from({ length: count }, (_, i) => `q${String(i).padStart(5, '0')}.csv`);
  const headerSize = 30 + names[0]!.length;
  const pieces: Buffer[] = [];
  const records: Parameters<typeof zipWithPlaces>[1] = [];
  let { length } = kernel.packed;
  let { unpacked } = kernel;
  // From the last entry, whose data is the kernel itself, to the first, which quotes all others.
  for (const [i, name] of names.entries()) {
    const header = localEntry(name, Buffer.alloc(0), unpacked, 0);
    header.writeUInt32LE(length, 18);
    records.push({ name, packed: length, unpacked, crc: 0, offset: i });
    if (i === 0) pieces.push(kernel.packed);
    pieces.push(header);
    if (i < count - 1) {
      const block = Buffer.alloc(5);
      block.writeUInt16LE(headerSize, 1);
      block.writeUInt16LE(~headerSize & 0xffff, 3);
      pieces.push(block);
    }
    length += headerSize + 5;
    unpacked += headerSize;
  }
  const step = headerSize + 5;
  const places = records.map((record, i) => ({ ...record, offset: (count - 1 - i) * step }));
  return zipWithPlaces(Buffer.concat(pieces.reverse()), places.reverse());
}

const KERNEL = () => {
  const bytes = Buffer.alloc(8 * MB, 0x20);
  return { packed: deflateRawSync(bytes, { level: 9 }), unpacked: bytes.length, crc: crc32(bytes) };
};

/**
 * `count` separate entries of 8 MB of blanks. `isHonest`: the directory declares what comes out; otherwise it declares a
 * few bytes, so that only unpacking shows it.
 */
export function flatBomb(count: number, isHonest: boolean): Buffer {
  const { packed, unpacked: real, crc } = KERNEL();
  const unpacked = isHonest ? real : 10;
  const names = Array.from({ length: count }, (_, i) => `p${i}/a.csv`);
  const locals = names.map((name) => localEntry(name, packed, unpacked, crc));
  let offset = 0;
  const records = names.map((name, i) => {
    const record = { name, packed: packed.length, unpacked, crc, offset };
    offset += locals[i]!.length;
    return record;
  });
  return zipWithPlaces(Buffer.concat(locals), records);
}
