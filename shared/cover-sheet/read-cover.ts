import * as z from 'zod';
import { type Finding, fileFinding } from '../findings/finding.ts';
import { EntryTrouble } from '../packet/entry-trouble.ts';
import { openEntry } from '../packet/open-entry.ts';
import type { Packet, PacketFile } from '../packet/packet.ts';
import type { UploadEntry } from '../packet/upload-entry.ts';
import { formatBytes } from '../packet/upload-limits.ts';
import { decodeStrictly } from '../text/decode.ts';
import { findMyNumbers, jsonLines } from '../text/my-number.ts';
import type { CoverSheet } from '../vocabulary/cover-code.ts';
import { checkCover, IDENTITY_KEYS } from './check-cover.ts';
import { isRecord } from './check-value.ts';
import { coverFindings } from './cover-findings.ts';
import { type Given, givenSchema } from './given-facts.ts';
import { mergeCovers } from './merge-covers.ts';

/** 送付票: what the files do not contain. Any key of the fact vocabulary, and who and where. */
const coverSchema = givenSchema.extend({
  city: z.string().nullish(),
  office_number: z.string().nullish(),
  insurer_number: z.string().nullish(),
  insured_number: z.string().nullish(),
  name: z.string().nullish(),
  birth_date: z.string().nullish(),
  sex: z.string().nullish(),
  address: z.string().nullish(),
  area: z.string().nullish(),
  center_number: z.string().nullish(),
});
export type Cover = z.infer<typeof coverSchema>;

export interface ReadCover {
  /** paths of the packet.json that were read */
  files: string[];
  cover: Cover;
  /** the part that is facts */
  given: Given;
  findings: Finding[];
}

const nothing = (files: string[], findings: Finding[] = []): ReadCover => ({
  files,
  cover: {},
  given: {},
  findings,
});

/**
 * Reads packet.json. An unreadable one is a finding that names the place; the packet is then read without it. Folders within
 * folders may have one each: that of the innermost folder counts first, and where two disagree both are named.
 */
export async function readCover(packet: Pick<Packet, 'files'>): Promise<ReadCover> {
  const files = packet.files.filter(({ path, withdrawn }) => IS_COVER.test(path) && !withdrawn);
  const inner = files.toSorted((a, b) => depthOf(b) - depthOf(a) || (a.path < b.path ? -1 : 1));
  const [first, ...others] = await Promise.all(inner.map(readOne));
  return first ? mergeCovers(first, others) : nothing([]);
}

/** The same of files of an upload of which no packet was made. One that cannot be unpacked is passed over. */
export async function readCoverIn(entries: readonly UploadEntry[]): Promise<ReadCover> {
  const covers = entries.filter(({ path, trouble }) => IS_COVER.test(path) && !trouble);
  const opened = covers.map(async (entry): Promise<PacketFile[]> => {
    const file = await openEntry(entry, MOST_BYTES);
    return file instanceof EntryTrouble ? [] : [{ ...file, path: entry.path }];
  });
  return readCover({ files: (await Promise.all(opened)).flat() });
}

const IS_COVER = /(^|\/)packet\.json$/i;
const depthOf = ({ path }: PacketFile): number => path.split('/').length;

async function readOne(file: PacketFile): Promise<ReadCover> {
  const bad = (cause: string): ReadCover =>
    nothing(
      [file.path],
      [
        fileFinding(
          'F_PACKET_JSON',
          'error',
          { file: file.path },
          `送付票「${file.path}」を読めません。${cause}`,
          '送付票を作り直すか、送付票を外して書類だけを出し直してください。',
        ),
      ],
    );
  const bytes = await file.read();
  // The readers of documents quarantine it; no finding here may quote it.
  if (findMyNumbers(jsonLines(bytes).map(({ text }) => text)).length > 0) return nothing([]);
  if (file.size > MOST_BYTES) return bad(`大きすぎます（上限 ${formatBytes(MOST_BYTES)}）。`);
  const text = decodeStrictly('utf-8', bytes) ?? decodeStrictly('cp932', bytes);
  if (text === null) return bad('UTF-8でもShift_JISでも読めない文字があります。');
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const line = /line (\d+)/.exec(cause.message)?.[1];
    return bad(`書き方の誤りです${line ? `（${line}行目のあたり）` : ''}。`);
  }
  if (isDeeperThan(MOST_LEVELS, raw)) return bad(`値の入れ子が深すぎます（上限 ${MOST_LEVELS} 段）。`);
  if (!isRecord(raw)) return bad('項目の名前と値の組になっていません。');
  const checked = checkCover(raw, text);
  if (checked.derived.length > 0)
    return bad(`受付が書類と記録から決める項目（${checked.derived.join('、')}）は書けません。`);
  const cover = coverSchema.parse(checked.value);
  const given = Object.fromEntries(
    Object.entries(cover).filter(([key]) => !IDENTITY_KEYS.includes(key)),
  ) as Given;
  return { files: [file.path], cover, given, findings: coverFindings(file.path, checked) };
}

/** The cover with the values of a printed 送付票 where packet.json has none. */
export function withCoverSheet(read: ReadCover, sheet: CoverSheet): ReadCover {
  const { service_month, event } = sheet;
  return {
    ...read,
    cover: { ...sheet, ...read.cover },
    given: { service_month, ...(event && { event }), ...read.given },
  };
}

/** More than any 送付票 needs. Code that reads, compares or prints a value recurses through its levels. */
const MOST_BYTES = 1024 ** 2;
const MOST_LEVELS = 20;

/** Without recursion: the value may be a hundred thousand levels deep. */
function isDeeperThan(levels: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((one) => (one !== null && typeof one === 'object' ? Object.values(one) : []));
  }
  return false;
}
