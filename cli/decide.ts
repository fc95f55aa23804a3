import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { caseSchema, decideCase, unknownRules } from '../shared/decision/decide-case.ts';
import { fail } from './report-errors.ts';

/**
 * `uketsuke decide <cases.json>`: what-if. A JSON array of {id, city, rules?, given} in, a JSON array of decisions out.
 * A case that cannot be read is named on stderr and left out; the others are answered.
 * Exit codes: 0 all accepted or in review, 1 something comes back, 2 input, or a case of it, that cannot be read.
 */
export async function runDecide(argv: string[]): Promise<number> {
  const [file] = argv.filter((a) => !a.startsWith('-'));
  if (!file) return fail('使い方: uketsuke decide <cases.json>');
  let raw: unknown;
  try {
    raw = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    return fail(`${file} をJSONとして読めません: ${cause instanceof Error ? cause.message : cause}`);
  }
  const decisions = [];
  let unread = 0;
  for (const [index, one] of [raw].flat().entries()) {
    try {
      const input = caseSchema.parse(one);
      decisions.push(decideCase(input));
      for (const rule of unknownRules(input))
        process.stderr.write(
          `${input.id}: 規則 ${rule} は${input.city}にも全国にもありません。見ていません。\n`,
        );
    } catch (cause) {
      unread++;
      process.stderr.write(`${file} の${index + 1}番目を読めません。${reasonOf(cause)}\n`);
    }
  }
  process.stdout.write(`${JSON.stringify(decisions, null, 1)}\n`);
  if (unread > 0) return 2;
  return decisions.some((d) => d.decision === 'return') ? 1 : 0;
}

const reasonOf = (cause: unknown): string =>
  cause instanceof z.ZodError
    ? cause.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join(' / ')
    : cause instanceof Error
      ? cause.message
      : String(cause);
