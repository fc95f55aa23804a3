import { createHash } from 'node:crypto';
import { isProgrammingError } from '../faults/report-fault.ts';
import { type Finding, fileFinding, type Severity } from '../findings/finding.ts';
import { EntryTrouble, faultTrouble } from './entry-trouble.ts';
import type { EntryGroup } from './group-entries.ts';
import { collect } from './list-archive.ts';
import type { Packet, PacketEntry, PacketFile } from './packet.ts';
import { monthSideOf } from './standard-csv-name.ts';
import type { UploadEntry } from './upload-entry.ts';
import type { UploadLimits } from './upload-limits.ts';

/** Bytes of one packet kept from hashing for reading; what goes beyond is unpacked a second time. */
const KEEP_BYTES = 32 * 1024 ** 2;

/**
 * Unpacks the files of one packet once, for size and digest, and sorts them: `files` can be read,
 * `rejected` cannot or need not. Every file of the group ends in one of the two.
 */
export async function makePacket(group: EntryGroup, limits: UploadLimits): Promise<Packet> {
  const packet: Packet = {
    name: group.name,
    digest: '',
    files: [],
    findings: damagedArchives(group),
    rejected: [],
  };
  const entries: PacketEntry[] = [];
  const addEntry = ({ at, path, isNumbered }: UploadEntry, digest: string | null, size: number): void => {
    entries.push({ at, path, digest, size, ...(isNumbered && { isNumbered }) });
  };
  const troubles: { entry: UploadEntry; trouble: EntryTrouble }[] = [];
  const identity: string[] = [];
  const byContents = new Map<string, string>();
  const byName = new Map<string, string>();
  let kept = 0;

  for (const entry of group.entries) {
    if (entry.isJunk) {
      packet.rejected.push({ path: entry.path, outcome: 'unsupported' });
      addEntry(entry, null, 0);
      continue;
    }
    const within = entry.parts.slice(group.depth).join('/');
    const file = entry.trouble ?? (await openOnce(entry, Math.min(KEEP_BYTES - kept, limits.fileBytes)));
    identity.push(`${within}\0${file instanceof EntryTrouble ? file.code : file.digest}`);
    if (file instanceof EntryTrouble) {
      addEntry(entry, null, 0);
      troubles.push({ entry, trouble: file });
      continue;
    }
    addEntry(entry, file.digest, file.size);
    kept += file.keptBytes;
    // 実績 that went as planned is no copy of the 予定, though its bytes are the same
    const side = /\.csv$/i.test(within) ? monthSideOf(within) : null;
    const contents = `${file.digest} ${side ?? ''}`;
    const trouble = sameName(entry, file, byName.get(within));
    if (!byName.has(within)) byName.set(within, file.digest);
    if (trouble) {
      troubles.push({ entry, trouble });
    } else if (file.size === 0) {
      troubles.push({ entry, trouble: emptyFile });
    } else if (byContents.has(contents)) {
      packet.rejected.push({ path: entry.path, outcome: 'duplicate' });
      packet.findings.push(duplicate(entry.path, byContents.get(contents) ?? ''));
    } else {
      byContents.set(contents, entry.path);
      const { keptBytes, ...opened } = file;
      packet.files.push({ path: entry.path, ...opened });
    }
  }
  packet.entries = entries;
  for (const { entry, trouble } of troubles)
    packet.rejected.push({ path: entry.path, outcome: trouble.outcome });
  packet.findings.push(...troubleFindings(troubles));
  packet.digest = createHash('sha256').update(identity.sort().join('\n')).digest('hex');
  return packet;
}

type OpenedFile = Omit<PacketFile, 'path'> & { keptBytes: number };

/** A file that was taken out of the upload counts as what it was. */
function openOnce(entry: UploadEntry, keep: number): OpenedFile | Promise<OpenedFile | EntryTrouble> {
  const { withdrawn } = entry;
  if (!withdrawn?.digest) return readOnce(entry, keep);
  const { digest, size, read } = withdrawn;
  const gone = async (): Promise<never> => {
    throw new Error(`entry ${withdrawn.at.join('/')} was taken out of its upload`);
  };
  return { digest, size, keptBytes: 0, read: gone, ...(read && { withdrawn: read }) };
}

async function readOnce(entry: UploadEntry, keep: number): Promise<OpenedFile | EntryTrouble> {
  const hash = createHash('sha256');
  let chunks: Buffer[] | null = [];
  let size = 0;
  try {
    for await (const chunk of entry.bytes(true)) {
      hash.update(chunk);
      size += chunk.length;
      if (size > keep) chunks = null;
      chunks?.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof EntryTrouble) return cause;
    if (isProgrammingError(cause)) return faultTrouble(cause);
    throw cause;
  }
  const bytes = chunks && Buffer.concat(chunks);
  return {
    digest: hash.digest('hex'),
    size,
    keptBytes: bytes?.length ?? 0,
    read: async () => bytes ?? (await collect(entry.bytes(false))),
  };
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

const duplicate = (file: string, first: string): Finding =>
  fileFinding(
    'F_FILE_DUPLICATE',
    'info',
    { file },
    `${file} は ${first} と同じ内容のため、一つとして扱いました。`,
    '何もする必要はありません。',
  );

/** One finding for each cause; the first file is its place, up to five are named. */
function troubleFindings(troubles: { entry: UploadEntry; trouble: EntryTrouble }[]): Finding[] {
  const groups = Map.groupBy(troubles, ({ trouble }) => `${trouble.code} ${trouble.message}`);
  return [...groups.values()].map((same) => {
    const [{ entry, trouble } = same[0] as (typeof same)[0]] = same;
    const named = same.slice(0, 5).map((t) => t.entry.path);
    const more = same.length > named.length ? ` ほか ${same.length - named.length} 件` : '';
    return fileFinding(
      trouble.code,
      severityOf(trouble),
      { file: entry.path },
      `${named.join('、')}${more}: ${trouble.message}。`,
      trouble.remedy || '何もする必要はありません。',
    );
  });
}

function severityOf({ code, outcome }: EntryTrouble): Severity {
  if (code === 'F_FILE_DESK_FAULT') return 'review';
  return outcome === 'duplicate' ? 'info' : 'error';
}

/** A packet out of a damaged ZIP may lack files that can no longer be listed. */
function damagedArchives(group: EntryGroup): Finding[] {
  const archives = new Set(group.entries.map((entry) => entry.archive));
  return [...archives].flatMap((archive) =>
    archive?.damage
      ? [
          fileFinding(
            archive.damage.code,
            archive.damage.code === 'F_FILE_DESK_FAULT' ? 'review' : 'warn',
            { file: archive.path },
            `${archive.path} を最後まで読み取れません: ${archive.damage.reason}。「${group.name}」の書類が全部そろっているとは限りません。`,
            archive.damage.remedy ?? 'ZIPを作り直して送り直してください。',
          ),
        ]
      : [],
  );
}
