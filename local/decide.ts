import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { caseSchema, decideCase, unknownRules } from '../shared/decision/decide-case.ts';

/**
 * `uketsuke decide <cases.json>`: what-if. A JSON array of {id, city, rules?, given} in, a JSON array of decisions out.
 * Exit codes: 0 all accepted or in review, 1 something comes back, 2 input that cannot be read.
 */
export async function runDecide(argv: string[]): Promise<number> {
  const [file] = argv.filter((a) => !a.startsWith('-'));
  if (!file) return usage('使い方: uketsuke decide <cases.json>');
  let raw: unknown;
  try {
    raw = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    return usage(`${file} をJSONとして読めません: ${cause instanceof Error ? cause.message : cause}`);
  }
  const parsed = z.array(caseSchema).safeParse(Array.isArray(raw) ? raw : [raw]);
  if (!parsed.success) {
    const places = parsed.error.issues.slice(0, 5).map((i) => `${i.path.join('.')}: ${i.message}`);
    return usage(`${file} の形が違います。${places.join(' / ')}`);
  }
  try {
    const decisions = parsed.data.map(decideCase);
    for (const input of parsed.data)
      for (const rule of unknownRules(input))
        process.stderr.write(
          `${input.id}: 規則 ${rule} は${input.city}にも全国にもありません。見ていません。\n`,
        );
    process.stdout.write(`${JSON.stringify(decisions, null, 1)}\n`);
    return decisions.some((d) => d.decision === 'return') ? 1 : 0;
  } catch (cause) {
    return usage(cause instanceof Error ? cause.message : String(cause));
  }
}

function usage(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}
