import * as z from 'zod';
import { EVENT_NAMES } from './event-names.ts';

/** The content of a printed 送付票: keys of packet.json, and never a name. */
export const coverSheetSchema = z.object({
  city: z.string().regex(/^[a-z][a-z0-9_]{0,30}$/, '市のキーは英小文字で書いてください'),
  office_number: z.string().regex(/^[0-9]{2}[0-9A-Z][0-9]{7}$/, '事業所番号は10桁で書いてください'),
  insured_number: z
    .string()
    .regex(/^[0-9H][0-9]{9}$/, '被保険者番号は10桁で書いてください（Hで始まる番号も使えます）'),
  service_month: z
    .string()
    .regex(/^20[0-9]{2}-(?:0[1-9]|1[0-2])$/, 'サービス提供月は 2024-07 のように書いてください'),
  event: z
    .string()
    .refine((event) => Object.hasOwn(EVENT_NAMES, event), '提出の理由のキーが決まったものではありません')
    .optional(),
});
export type CoverSheet = z.infer<typeof coverSheetSchema>;

/** Short names: a code with less content has larger dots and survives a worse copy. */
const SHORT = {
  c: 'city',
  o: 'office_number',
  i: 'insured_number',
  m: 'service_month',
  e: 'event',
} as const satisfies Record<string, keyof CoverSheet>;

const EDITION = 'UKETSUKE1';

/** One line for the QR code, also printed beneath it: `UKETSUKE1;c=mihon;o=…;i=…;m=2024-07;e=new;#41`. */
export function encodeCover(cover: CoverSheet): string {
  const parts = Object.entries(SHORT).flatMap(([short, key]) =>
    cover[key] ? [`${short}=${cover[key]}`] : [],
  );
  const text = [EDITION, ...parts].join(';');
  return `${text};#${checkOf(text)}`;
}

/** Reads the line back. Null for another code, another edition, a damaged line or an impossible value. */
export function decodeCover(code: string): CoverSheet | null {
  const match = /^(UKETSUKE1;.+);#([0-9]{2})$/.exec(code.trim());
  if (!match?.[1] || checkOf(match[1]) !== match[2]) return null;
  const content: Record<string, string> = {};
  for (const part of match[1].split(';').slice(1)) {
    const [short = '', value = ''] = part.split('=');
    if (Object.hasOwn(SHORT, short)) content[SHORT[short as keyof typeof SHORT]] = value;
  }
  const parsed = coverSheetSchema.safeParse(content);
  return parsed.success ? parsed.data : null;
}

/** Two digits that a misread letter changes (mod 97 over the letters' codes, as bank numbers do). */
function checkOf(text: string): string {
  let rest = 0;
  for (const letter of text) rest = (rest * 131 + (letter.codePointAt(0) ?? 0)) % 97;
  return String(rest).padStart(2, '0');
}
