import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Resource } from './template.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** The source of a function, `functions/<stage>/handler.ts`, from the metadata of the template. */
export function entryOf(fn: Resource): string {
  const entry = fn.Metadata?.['uketsuke:entry'];
  if (typeof entry !== 'string') throw new Error('a function of the template does not name its entry');
  return entry;
}

/** The handler of a function, imported at its first event as in a cold start. */
export function loadHandler<Event, Result>(fn: Resource): (event: Event) => Promise<Result> {
  let handler: ((event: Event) => Promise<Result>) | undefined;
  return async (event) => {
    handler ??= (await import(pathToFileURL(join(ROOT, entryOf(fn))).href)).handler as typeof handler;
    return handler!(event);
  };
}
