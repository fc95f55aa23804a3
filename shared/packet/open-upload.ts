import type { Finding } from '../findings/finding.ts';
import { maskedPath } from '../text/my-number.ts';
import { printable } from '../text/printable.ts';
import { type EntryGroup, groupEntries } from './group-entries.ts';
import { baseGroup, joinGroup } from './join-group.ts';
import { listUpload } from './list-upload.ts';
import { makePacket } from './make-packet.ts';
import { nameFindings } from './name-findings.ts';
import { startOpening } from './opening.ts';
import type { Packet } from './packet.ts';
import type { TroubledIdentity } from './troubled-identity.ts';
import type { UploadEntry } from './upload-entry.ts';
import { emptyFolders, unreadParts } from './upload-findings.ts';
import { DEFAULT_LIMITS, type UploadLimits } from './upload-limits.ts';
import type { JoinedPacket, UploadSource } from './upload-source.ts';
import type { NameDecoding } from './zip/zip-names.ts';

export interface OpenedUpload {
  /** the name the office gave it */
  name: string;
  /** sha256 of the file, hex; of a folder: over its sorted (path, digest) pairs */
  digest: string;
  /** how file names were decoded */
  names: NameDecoding;
  /** findings on the upload as a whole; those of one packet are in that packet */
  findings: Finding[];
  /**
   * entries listed, those in nested ZIPs and those left aside included: each must be accounted for by exactly one
   * packet, or by the verdict on the upload itself where no packet is made of any
   */
  entries: number;
  /** of these, the entries no packet is made of: the upload was refused as a whole, or holds nothing but leftovers */
  refused: number;
  /** a name carries a 個人番号: masked here, and to be removed from what is stored */
  hasNumberedName: boolean;
  /** bytes it may be unpacked to */
  most: number;
  /** records its CSV files may have together */
  mostRows: number;
  /** the folders that may be packets, in the order of the upload: `groupEntries` */
  groups: EntryGroup[];
  /** unpacks the files of a group */
  make(group: EntryGroup): Promise<Packet>;
  /** every group as a packet, one at a time; which persons and months are in them: shared/split */
  packets(): AsyncGenerator<Packet>;
}

/**
 * Opens what an office sent, a ZIP on disk or a folder, in two passes: entries are listed by name and grouped into
 * packets; then the files of one packet at a time are unpacked, counted and hashed, so memory does not grow with the
 * packets. An upload that cannot be opened has findings and no packets. Throws only when the file cannot be read at all.
 */
export async function openUpload(
  source: UploadSource,
  limits: UploadLimits = DEFAULT_LIMITS,
  identity: TroubledIdentity = 'contents',
): Promise<OpenedUpload> {
  const redaction = 'file' in source ? source.redaction : null;
  const opening = startOpening(limits, redaction?.files ?? []);
  const name = printable(maskedPath(source.name));
  const { entries, refused, names, digest } = await listUpload({ ...source, name }, opening);
  const isAllJunk = entries.every(({ isJunk }) => isJunk);
  const joins = 'file' in source && !isAllJunk ? source.joins : null;
  const groups = joins
    ? [await joinedGroup(name, joins, entries, limits)]
    : groupEntries(entries, name.replace(/\.zip$/i, ''));
  const counted = joins ? groups.flatMap((group) => group.entries).length : entries.length;
  return {
    name,
    digest: redaction?.digest ?? digest,
    names,
    entries: counted + refused,
    refused: refused + (isAllJunk ? entries.length : 0),
    hasNumberedName: opening.hasNumberedName,
    findings: [
      ...opening.findings,
      ...nameFindings(opening.decoded),
      ...unreadParts(opening.unread),
      ...emptyFolders(name, opening.emptyFolders),
    ],
    most: opening.count.most ?? limits.totalBytes,
    mostRows: limits.rows,
    groups,
    make: (group) => makePacket(group, limits, identity),
    async *packets() {
      for (const group of groups) yield await makePacket(group, limits, identity);
    },
  };
}

/** The packet an upload completes, with the files of the upload. */
async function joinedGroup(
  name: string,
  joins: JoinedPacket,
  entries: UploadEntry[],
  limits: UploadLimits,
): Promise<EntryGroup> {
  const { groups } = await openUpload(joins.source, limits);
  const base = baseGroup(groups, joins);
  return joinGroup({ ...base, name: base.name || name }, entries, joins.replaces);
}
