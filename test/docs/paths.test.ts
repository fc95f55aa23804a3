import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const PAGES = globSync(['*.md', '{docs,bench,samples}/**/*.md'], { cwd: ROOT });
/** Made by a command, so absent in a fresh copy. */
const MADE = new Set(['node_modules', 'cdk.out', '.uketsuke']);
const FOLDERS = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== '.git' && !MADE.has(entry.name))
  .map((entry) => entry.name);

/** Paths from the root as a sentence or a table names them; what follows a placeholder (`*`, `<name>`) is not a path. */
const NAMED = new RegExp(`(?<![\\w./@:-])(?:${FOLDERS.join('|').replaceAll('.', '\\.')})/[\\w./-]*`, 'g');
/** Files in a folder that is gone, or from the page's own folder: `lib/csv.ts`. */
const QUOTED = /`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|js|cjs|md|ya?ml|json))`/g;
const LINKED = /\]\((?!https?:|#)([^)#\s]+)/g;

/** Every path that a page mentions, from the root. */
function pathsOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const named = [...text.matchAll(NAMED)].map(([path]) => path.replace(/[.,]+$/, ''));
  const quoted = [...text.matchAll(QUOTED)]
    .map(([, path]) => path ?? '')
    .filter((path) => !MADE.has(path.split('/')[0] ?? ''))
    .map((path) => (existsSync(join(ROOT, path)) ? path : join(dirname(page), path)));
  const linked = [...text.matchAll(LINKED)].map(([, path]) => join(dirname(page), path ?? ''));
  return [...named, ...quoted, ...linked];
}

it.each(PAGES)('%s names only files and folders that exist', (page) => {
  expect(pathsOf(page).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

it('the map of the README lists every folder, and no other', () => {
  const map = readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/^\| `([\w.-]+)\/` \|/gm);
  const visible = FOLDERS.filter((name) => !name.startsWith('.'));
  expect([...map].map(([, folder]) => folder).sort()).toEqual(visible.sort());
});

it('reads pages, and paths of both kinds', () => {
  expect(PAGES).toContain('README.md');
  expect(pathsOf('README.md')).toEqual(expect.arrayContaining(['profiles/', 'shared/flow.ts']));
});
