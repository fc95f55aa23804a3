import { type ZipPart, zip } from '../../builders/zip.ts';
import type { BasePacket } from './base-packets.ts';
import { type HostileCase, KINDS, type Kind, type Spoilt } from './case-kinds.ts';
import { hostileCover } from './hostile-cover.ts';
import { hostileCsv } from './hostile-csv.ts';
import { hostileImage } from './hostile-image.ts';
import { hostileOffice } from './hostile-office.ts';
import { hostilePdf } from './hostile-pdf.ts';
import { hostileZip } from './hostile-zip.ts';
import { mutate, Random } from './random.ts';

/** The case of this number; the same number always gives the same case. */
export function hostileCase(kind: Kind, number: number, bases: BasePacket[]): HostileCase {
  const random = new Random(number * KINDS.length + KINDS.indexOf(kind));
  const base = random.pick(bases);
  const changed = (bytes: Uint8Array): Spoilt => ({
    what: 'bytes changed',
    bytes: mutate(bytes, random),
    damage: 'changed',
  });
  switch (kind) {
    case 'ZIP, changed':
      return {
        kind,
        what: 'bytes changed',
        name: 'upload.zip',
        bytes: mutate(base.zip, random),
        paths: null,
        spoilt: null,
        damage: 'changed',
      };
    case 'ZIP, built':
      return { kind, name: 'upload.zip', ...hostileZip(base, random) };
    case 'CSV, changed':
      return withSpoilt(kind, csvBase(base, bases), random, /\.CSV$/, changed);
    case 'CSV, built':
      return withSpoilt(kind, csvBase(base, bases), random, /\.CSV$/, (bytes) => hostileCsv(bytes, random));
    case 'PDF, changed':
      return withSpoilt(kind, base, random, /\.pdf$/, changed);
    case 'PDF, built':
      return withSpoilt(kind, base, random, /\.pdf$/, (bytes) => hostilePdf(bytes, random));
    case 'packet.json':
      return withSpoilt(kind, base, random, /packet\.json$/, () => hostileCover(random));
    case 'picture':
      return withAdded(kind, base, hostileImage(random));
    case 'Office, mail or archive':
      return withAdded(kind, base, hostileOffice(random));
    case 'random bytes': {
      const extension = random.pick([
        'csv',
        'CSV',
        'pdf',
        'PDF',
        'jpg',
        'xlsx',
        'docx',
        'exe',
        '',
        'zip',
        'json',
      ]);
      const head = random.pick([
        '',
        '%PDF-1.7\n',
        '\xff\xd8\xff',
        'PK\x03\x04',
        '\xd0\xcf\x11\xe0',
        '\x89PNG',
        'MZ',
      ]);
      const bytes = Buffer.concat([Buffer.from(head, 'latin1'), random.bytes(random.between(1, 20_000))]);
      const name = random.pick([
        `何か.${extension}`,
        `UPYOBO_0770100014_43_0700100019_46_2024070110000${random.between(0, 9)}.CSV`,
      ]);
      return withAdded(kind, base, {
        what: `named ${name}, begins ${JSON.stringify(head)}`,
        name,
        bytes,
        damage: 'lost',
      });
    }
  }
}

/** Packets of PDFs alone have no CSV to damage. */
const csvBase = (base: BasePacket, bases: BasePacket[]): BasePacket =>
  [...base.files.keys()].some((path) => path.endsWith('.CSV')) ? base : (bases[0] as BasePacket);

function withSpoilt(
  kind: Kind,
  base: BasePacket,
  random: Random,
  which: RegExp,
  spoil: (bytes: Buffer) => Spoilt,
): HostileCase {
  const paths = [...base.files.keys()];
  const of = paths.filter((path) => which.test(path));
  const spoilt = of.length > 0 ? random.pick(of) : 'packet.json';
  const { what, bytes, damage } = spoil(base.files.get(spoilt) ?? Buffer.alloc(0));
  const files = new Map<string, Uint8Array>([...base.files, [spoilt, bytes]]);
  return {
    kind,
    what: `${spoilt}: ${what}`,
    name: 'upload.zip',
    bytes: zipped(files),
    paths: [...files.keys()],
    spoilt,
    damage,
  };
}

function withAdded(kind: Kind, base: BasePacket, added: Spoilt & { name: string }): HostileCase {
  const files = new Map<string, Uint8Array>([...base.files, [added.name, added.bytes]]);
  const { what, damage, name } = added;
  return {
    kind,
    what,
    name: 'upload.zip',
    bytes: zipped(files),
    paths: [...files.keys()],
    spoilt: name,
    damage,
  };
}

const zipped = (files: Map<string, Uint8Array>): Buffer =>
  // Stored, because packing would only cost time.
  zip(
    [...files].map(([name, bytes]): ZipPart => ({ name, bytes, method: bytes.length > 1_000_000 ? 8 : 0 })),
  );
