import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type * as z from 'zod';
import { profilesFolder } from './profiles-folder.ts';

/** A file of profiles/ is not what its schema asks for. The message names file, place and cause in Japanese. */
export class ProfileError extends Error {}

/** Lists what is wrong with a table beyond its schema; empty where nothing is. */
type Check<T> = (table: T) => string[];

/** Tables kept by one loader: a desk has some twenty in one folder. */
const MOST_TABLES = 100;

/**
 * The one way to read profiles/*.yaml: parsed, checked and kept for every later call with the same folder.
 * Returns a loader of `<name>.yaml`; a bad file throws ProfileError.
 */
export function tableLoader<S extends z.ZodType>(schema: S, check?: Check<z.output<S>>) {
  const tables = new Map<string, z.output<S>>();
  // Asked once per row of a CSV, mostly for the table of the last time: no key is made for it.
  let last: { name: string; folder: string; table: z.output<S> } | undefined;
  return (name: string, folder: string = profilesFolder()): z.output<S> => {
    if (last?.name === name && last.folder === folder) return last.table;
    const key = `${folder}\n${name}`;
    const table = tables.get(key) ?? load(name, folder, key);
    last = { name, folder, table };
    return table;
  };
  function load(name: string, folder: string, key: string): z.output<S> {
    const text = readFileSync(join(folder, `${name}.yaml`), 'utf8');
    const table = parseTable(text, `profiles/${name}.yaml`, schema, check);
    tables.set(key, table);
    // Folders of edited profiles come and go: the oldest table goes, and is read again where it is still of use.
    if (tables.size > MOST_TABLES) tables.delete(tables.keys().next().value!);
    return table;
  }
}

/** Parses and checks the text of a table; `file` names it in errors. */
export function parseTable<S extends z.ZodType>(
  text: string,
  file: string,
  schema: S,
  check: Check<z.output<S>> = () => [],
): z.output<S> {
  const raw = parseYaml(text, file);
  const result = schema.safeParse(raw);
  const errors = result.success ? check(result.data) : result.error.issues.slice(0, MOST).map(describe(raw));
  if (!result.success || errors.length > 0)
    throw new ProfileError(`${file} に誤りがあります。\n  ${errors.join('\n  ')}`);
  return result.data;
}

/** Errors of the schema that one message lists. */
const MOST = 8;

function parseYaml(text: string, file: string): unknown {
  try {
    // The project's own files: an anchor may be used as often as the rules need it.
    return parse(text, { merge: true, maxAliasCount: -1 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ProfileError(`${file}: YAMLとして読めません。${reason}`);
  }
}

/** `MIT-R01 rules.0.place: …`: the id of the entry, where it has one, the path and the cause. */
const describe =
  (raw: unknown) =>
  ({ path, message }: z.core.$ZodIssue): string =>
    `${entryId(raw, path)} ${path.join('.')}: ${message}`.trim();

/** The `id` of the innermost entry on the path; empty where none has one. */
function entryId(raw: unknown, path: PropertyKey[]): string {
  let value = raw;
  let id = '';
  for (const key of path) {
    value = isRecord(value) ? value[key] : undefined;
    if (isRecord(value) && typeof value.id === 'string') id = value.id;
  }
  return id;
}

const isRecord = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null;
