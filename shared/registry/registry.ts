import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import type * as z from 'zod';
import ja from 'zod/v4/locales/ja.js';
import { ownValue } from '../text/own-value.ts';
import { unknownKeysMessage } from '../text/unknown-keys.ts';
import { registryFaults } from './check-registry.ts';
import { type Registry, registrySchema } from './registry-schema.ts';

export type { RegisteredOffice, Registry } from './registry-schema.ts';

/** The file is not a registry. The message names file, place and cause, for the user. */
export class RegistryError extends Error {
  override name = 'RegistryError';
}

/** Most bytes of a registry's file. */
const MOST_BYTES = 5 * 1024 ** 2;

/**
 * Reads one registry to be imported or used in a dry run.
 * Throws RegistryError with file, place and cause (in Japanese) when the file is not a sound registry.
 */
export async function loadRegistry(file: string): Promise<Registry> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause);
  }
  return readRegistryText(text, file);
}

/** Reads the text of a registry (YAML, of which JSON is a part). Throws RegistryError. */
export function readRegistryText(text: string, file: string): Registry {
  let raw: unknown;
  try {
    if (text.length > MOST_BYTES) throw new Error(`大きすぎます（上限 ${MOST_BYTES / 1024 ** 2} MB）。`);
    raw = parse(text);
  } catch (cause) {
    throw unreadable(file, cause);
  }
  return acceptRegistry(raw, file);
}

function unreadable(file: string, cause: unknown): RegistryError {
  if (cause instanceof YAMLParseError) {
    const [start] = cause.linePos ?? [];
    return new RegistryError(
      `登録簿 ${file} を読めません。${start ? `${start.line}行目の${start.col}文字目で、` : ''}YAMLの書き方が正しくありません。字下げと「: 」を確かめてください。`,
    );
  }
  return new RegistryError(`登録簿 ${file} を読めません: ${cause instanceof Error ? cause.message : cause}`);
}

/** Reads a registry and checks what it must keep to be imported. Throws RegistryError. */
export function acceptRegistry(raw: unknown, file: string): Registry {
  const registry = parseRegistry(raw, file);
  const faults = registryFaults(registry);
  if (faults.length > 0)
    throw new RegistryError(`登録簿 ${file} に誤りがあります。${faults.slice(0, MOST_FAULTS).join(' ')}`);
  return registry;
}

/** Faults that one message lists. */
const MOST_FAULTS = 5;

/** Reads a registry that was checked when it was imported. Throws RegistryError where it has another shape. */
export function parseRegistry(raw: unknown, file: string): Registry {
  const result = registrySchema.safeParse(raw, { error: messageOf });
  if (result.success) return result.data;
  const places = result.error.issues
    .slice(0, MOST_FAULTS)
    .map((i) => `${placeOf(i.path)}: ${faultOf(i, raw)}`);
  throw new RegistryError(`登録簿 ${file} に誤りがあります。${places.join(' / ')}`);
}

const inJapanese = ja().localeError;
const messageOf: z.core.$ZodErrorMap = (issue) => unknownKeysMessage(issue) ?? inJapanese(issue);

const EXPECTED: Record<string, string> = {
  string: '文字で書いてください（数字だけの値は "0123456789" のように引用符で囲みます）',
  number: '数で書いてください',
  array: '一覧（「- 」で始まる行）で書いてください',
  object: '項目の組（「名前: 値」の行）で書いてください',
  boolean: 'true か false で書いてください',
};

/** What is wrong with a value, without the words of a program. */
function faultOf(issue: ZodIssue, raw: unknown): string {
  if (issue.code !== 'invalid_type') return issue.message;
  const value = issue.path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown>)?.[part], raw);
  return value === undefined
    ? '書かれていません。必ず書いてください'
    : (EXPECTED[issue.expected] ?? issue.message);
}
type ZodIssue = z.core.$ZodIssue;

/** What a person calls the lists of a registry. */
const LISTS: Record<string, string> = { areas: '圏域', centers: 'センター', offices: '事業所' };

/** `offices.0.name` → 事業所（offices）の1番目 name */
const placeOf = (path: PropertyKey[]): string =>
  path
    .map((part) => {
      const list = ownValue(LISTS, String(part));
      if (typeof part === 'number') return `の${part + 1}番目 `;
      return list ? `${list}（${String(part)}）` : `${String(part)} `;
    })
    .join('')
    .trim() || '(先頭)';

/** True when `day` (ISO date) is in the period, both ends included. A period without an end is open. */
export const isInForce = (p: { from: string; to?: string | null }, day: string): boolean =>
  p.from <= day && (!p.to || day <= p.to);
