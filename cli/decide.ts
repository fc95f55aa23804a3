import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import {
  type CaseInput,
  caseSchema,
  decideCase,
  unfitFacts,
  unknownRules,
} from '../shared/decision/decide-case.ts';
import { printable } from '../shared/text/printable.ts';
import { InputError } from './expand-inputs.ts';
import { runVerb, verb } from './run-verb.ts';

/**
 * `uketsuke decide`: what-if. Reads a JSON array of {id, city, rules?, given}, prints a JSON array of decisions.
 * Names an unreadable case on stderr and answers the others.
 * Exit codes: 0 all accepted or in review, 1 at least one is returned, 2 an unreadable file or case.
 */
export const runDecide = (argv: string[]): Promise<number> =>
  runVerb(verb('decide').argument('<cases.json>', '事実の一覧 [{id, city, rules?, given}]'), argv, decide);

async function decide(_: object, file: string): Promise<number> {
  const decisions = [];
  let unreadable = 0;
  for (const [index, item] of (await readJson(file)).entries()) {
    try {
      const input = caseSchema.parse(item);
      decisions.push(decideCase(input));
      warnOfUnknown(input);
    } catch (error) {
      unreadable++;
      process.stderr.write(`${file} の${index + 1}番目を読めません。${reasonOf(error)}\n`);
    }
  }
  process.stdout.write(`${JSON.stringify(decisions, null, 1)}\n`);
  if (unreadable > 0) return 2;
  return decisions.some(({ decision }) => decision === 'return') ? 1 : 0;
}

async function readJson(file: string): Promise<unknown[]> {
  try {
    return [JSON.parse(await readFile(file, 'utf8'))].flat();
  } catch (error) {
    throw new InputError(`${file} をJSONとして読めません: ${reasonOf(error)}`);
  }
}

function warnOfUnknown(input: CaseInput): void {
  for (const sentence of unfitFacts(input)) process.stderr.write(`${input.id}: ${printable(sentence)}\n`);
  for (const rule of unknownRules(input))
    process.stderr.write(`${input.id}: 規則 ${rule} は${input.city}にも全国にもありません。見ていません。\n`);
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join(' / ');
  return error instanceof Error ? error.message : String(error);
}
