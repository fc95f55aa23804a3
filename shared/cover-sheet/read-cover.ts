import { z } from 'zod';
import { type Finding, fileFinding } from '../findings/finding.ts';
import type { Packet } from '../packet/packet.ts';
import { formatBytes } from '../packet/upload-limits.ts';
import { findMyNumbers, jsonLines } from '../text/my-number.ts';
import type { CoverSheet } from '../vocabulary/cover-code.ts';
import { type Given, givenSchema } from './given-facts.ts';

/** 送付票: what the files cannot say. Any key of the fact vocabulary, and who and where. */
const coverSchema = givenSchema.extend({
  city: z.string().nullish(),
  office_number: z.string().nullish(),
  insurer_number: z.string().nullish(),
  insured_number: z.string().nullish(),
  name: z.string().nullish(),
  address: z.string().nullish(),
  area: z.string().nullish(),
  center_number: z.string().nullish(),
});
export type Cover = z.infer<typeof coverSchema>;

const IDENTITY_KEYS = [
  'city',
  'office_number',
  'insurer_number',
  'insured_number',
  'name',
  'address',
  'area',
  'center_number',
];

export interface ReadCover {
  file: string | null;
  cover: Cover;
  /** the part that is facts */
  given: Given;
  findings: Finding[];
}

const nothing = (file: string | null, findings: Finding[] = []): ReadCover => ({
  file,
  cover: {},
  given: {},
  findings,
});

/** Reads packet.json. A cover that cannot be read is a finding that names the place; the packet is then read without it. */
export async function readCover(packet: Packet): Promise<ReadCover> {
  const file = packet.files.find((f) => /(^|\/)packet\.json$/i.test(f.path));
  if (!file || file.withdrawn) return nothing(null);
  const bad = (cause: string): ReadCover =>
    nothing(file.path, [
      fileFinding(
        'F_PACKET_JSON',
        'error',
        { file: file.path },
        `送付票「${file.path}」を読めません。${cause}`,
        '送付票（packet.json）をUTF-8の正しいJSONに直すか、送付票を外して出し直してください。書ける項目は docs/facts.md にあります。',
      ),
    ]);
  const bytes = await file.read();
  // The readers of documents set it aside and say so; here nothing of it may be told.
  if (findMyNumbers(jsonLines(bytes).map(({ text }) => text)).length > 0) return nothing(null);
  if (file.size > MOST_BYTES) return bad(`大きすぎます（上限 ${formatBytes(MOST_BYTES)}）。`);
  let raw: unknown;
  try {
    raw = JSON.parse(decode(bytes));
  } catch (cause) {
    return bad(`JSONの書き方の誤りです（${cause instanceof Error ? cause.message : cause}）。`);
  }
  if (isDeeperThan(MOST_LEVELS, raw)) return bad(`値の入れ子が深すぎます（上限 ${MOST_LEVELS} 段）。`);
  const parsed = coverSchema.safeParse(raw);
  if (!parsed.success) {
    const places = parsed.error.issues
      .slice(0, 5)
      .map((i) => `「${i.path.join('.') || '先頭'}」: ${i.message}`);
    return bad(`値の形が違います（${places.join('、')}）。`);
  }
  const given = Object.fromEntries(
    Object.entries(parsed.data).filter(([key]) => !IDENTITY_KEYS.includes(key)),
  ) as Given;
  return { file: file.path, cover: parsed.data, given, findings: [] };
}

/** What a printed 送付票 says stands in for packet.json; where both speak, packet.json does. */
export function withCoverSheet(said: ReadCover, sheet: CoverSheet): ReadCover {
  const { service_month, event } = sheet;
  return {
    ...said,
    cover: { ...sheet, ...said.cover },
    given: { service_month, ...(event && { event }), ...said.given },
  };
}

/** What no 送付票 needs. Whoever reads, compares or prints a value goes down its levels one call within the other. */
const MOST_BYTES = 1024 ** 2;
const MOST_LEVELS = 20;

/** Level by level and not by recursion: the value may be a hundred thousand levels deep. */
function isDeeperThan(levels: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((one) => (one !== null && typeof one === 'object' ? Object.values(one) : []));
  }
  return false;
}

/** UTF-8 with or without a BOM, else the CP932 that Windows editors still write. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('shift_jis', { fatal: true }).decode(bytes);
  }
}
