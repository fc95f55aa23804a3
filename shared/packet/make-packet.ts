import { createHash } from 'node:crypto';
import { EntryTrouble } from './entry-trouble.ts';
import type { EntryGroup } from './group-entries.ts';
import { type OpenedFile, openEntry } from './open-entry.ts';
import type { Packet, PacketEntry } from './packet.ts';
import { damagedArchives, duplicateFile, type TroubledEntry, troubleFindings } from './packet-findings.ts';
import { monthSideOf } from './standard-csv-name.ts';
import { identifyTroubled, type TroubledIdentity } from './troubled-identity.ts';
import type { UploadEntry } from './upload-entry.ts';
import type { UploadLimits } from './upload-limits.ts';

/** Bytes of one packet kept from hashing for reading; what exceeds it is unpacked a second time. */
const KEEP_BYTES = 32 * 1024 ** 2;

/**
 * Unpacks the files of one packet once, for size and digest, and sorts them: `files` can be read, `rejected` cannot or
 * need not. Every file of the group ends in one of the two.
 */
export async function makePacket(
  group: EntryGroup,
  limits: UploadLimits,
  identity: TroubledIdentity = 'contents',
): Promise<Packet> {
  const packet = new PacketUnderway(group);
  for (const entry of group.entries) {
    if (entry.isJunk) packet.leaveAside(entry);
    else {
      const file = entry.trouble ?? (await openEntry(entry, packet.bytesToKeep(limits)));
      if (!(file instanceof EntryTrouble)) packet.add(entry, file);
      else packet.addTroubled(entry, file, identity === 'name' ? '' : await identifyTroubled(entry));
    }
  }
  return packet.finish();
}

class PacketUnderway {
  readonly #group: EntryGroup;
  readonly #files: Packet['files'] = [];
  readonly #entries: PacketEntry[] = [];
  readonly #rejected: Packet['rejected'] = [];
  readonly #findings: Packet['findings'];
  readonly #troubled: TroubledEntry[] = [];
  /** path within the packet and digest of each file; of one that cannot be read, what else makes it another */
  readonly #identity: string[] = [];
  /** first file of these contents */
  readonly #pathByContents = new Map<string, string>();
  readonly #digestByName = new Map<string, string>();
  #keptBytes = 0;

  constructor(group: EntryGroup) {
    this.#group = group;
    this.#findings = damagedArchives(group);
  }

  bytesToKeep(limits: UploadLimits): number {
    return Math.min(KEEP_BYTES - this.#keptBytes, limits.fileBytes);
  }

  leaveAside(entry: UploadEntry): void {
    this.#rejected.push({ path: entry.path, outcome: 'unsupported' });
    this.#record(entry, null, 0);
  }

  addTroubled(entry: UploadEntry, trouble: EntryTrouble, identity: string): void {
    this.#identity.push([this.#nameOf(entry), trouble.code, ...(identity ? [identity] : [])].join('\0'));
    this.#record(entry, null, 0);
    this.#troubled.push({ entry, trouble });
  }

  #nameOf(entry: UploadEntry): string {
    return entry.parts.slice(this.#group.depth).join('/');
  }

  add(entry: UploadEntry, file: OpenedFile): void {
    const name = this.#nameOf(entry);
    this.#identity.push(`${name}\0${file.digest}${placeOf(entry)}`);
    this.#record(entry, file.digest, file.size);
    this.#keptBytes += file.keptBytes;
    this.#addOpened(entry, name, file);
  }

  #addOpened(entry: UploadEntry, name: string, file: OpenedFile): void {
    const contents = `${contentsKey(name, file)}${placeOf(entry)}`;
    const earlier = this.#pathByContents.get(contents);
    const trouble =
      sameName(entry, file, this.#digestByName.get(name)) ?? (file.size === 0 ? emptyFile : null);
    if (!this.#digestByName.has(name)) this.#digestByName.set(name, file.digest);
    if (trouble) {
      this.#troubled.push({ entry, trouble });
    } else if (earlier !== undefined) {
      this.#rejected.push({ path: entry.path, outcome: 'duplicate' });
      this.#findings.push(duplicateFile(entry.path, earlier));
    } else {
      this.#pathByContents.set(contents, entry.path);
      const { keptBytes, ...opened } = file;
      const { part } = entry;
      this.#files.push({ path: entry.path, ...opened, ...(part && { part: { ...part, isFirst: true } }) });
    }
  }

  #record({ at, path, isNumbered }: UploadEntry, digest: string | null, size: number): void {
    this.#entries.push({ at, path, digest, size, ...(isNumbered && { isNumbered }) });
  }

  finish(): Packet {
    const troubled = this.#troubled.map(({ entry, trouble: { outcome } }) => ({ path: entry.path, outcome }));
    return {
      name: this.#group.name,
      digest: createHash('sha256').update(this.#identity.sort().join('\n')).digest('hex'),
      files: this.#files,
      findings: [...this.#findings, ...troubleFindings(this.#troubled)],
      rejected: [...this.#rejected, ...troubled],
      entries: this.#entries,
    };
  }
}

/** Of a part by pages, whose bytes are those of the whole file. */
const placeOf = ({ part }: UploadEntry): string =>
  part?.pages || part?.stray ? ` ${JSON.stringify([part.pages, part.stray])}` : '';

/** A 実績 CSV that went as planned is no copy of its 予定, though the bytes are the same. */
function contentsKey(name: string, file: OpenedFile): string {
  const side = /\.(?:csv|txt)$/i.test(name) ? monthSideOf(name) : null;
  return `${file.digest} ${side ?? ''}`;
}

/** A second file of one name is a duplicate when its contents are the same; when not, it is unknown which one counts. */
function sameName(entry: UploadEntry, file: OpenedFile, first: string | undefined): EntryTrouble | null {
  if (!entry.sameName || first === undefined) return null;
  return first === file.digest
    ? new EntryTrouble('F_ZIP_DUPLICATE_NAME', 'duplicate', '同じ名前・同じ内容のファイルが二つあります', '')
    : new EntryTrouble(
        'F_ZIP_DUPLICATE_NAME',
        'quarantined',
        '同じ名前で内容の違うファイルが二つあり、どちらが正しいか分かりません',
        '正しいほうだけを残すか、名前を変えて、ZIPを作り直してください。',
      );
}

const emptyFile = new EntryTrouble(
  'F_FILE_EMPTY',
  'unreadable',
  '空のファイル（0バイト）です',
  '元のファイルを開けることを確かめ、保存し直して送ってください。',
);
