import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Licences of all runtime dependencies, for every platform, from the lockfile. `node tools/licences.ts` writes
 * docs/licences.md; a test fails when the page is stale or a licence is not allowed.
 */
export interface Dependency {
  name: string;
  version: string;
  /** SPDX expression */
  licence: string;
  /** listed in package.json */
  direct: boolean;
}

/**
 * Licences compatible with distribution under Apache-2.0. No AGPL, GPL or SSPL. LGPL only for a library that is shipped as
 * a file of its own, unchanged, so that anyone may exchange it (infra/bundle-assets.ts).
 */
const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'LGPL-3.0',
  'MIT',
  'MIT-0',
  'OFL-1.1',
] as const;

/** Packages that declare their licence in a file only. */
export const LICENCE_IN_FILE: Record<string, { licence: string; where: string }> = {
  'png-js': { licence: 'MIT', where: 'LICENSE' },
};

/** Data inside a package under a licence of its own. */
const DATA = [
  ['pdfjs-dist/cmaps', 'BSD-3-Clause', 'character maps, Adobe'],
  ['pdfjs-dist/standard_fonts (Foxit)', 'BSD-3-Clause', 'fonts, PDFium authors'],
  ['pdfjs-dist/standard_fonts (Liberation)', 'OFL-1.1', 'fonts, Red Hat and Google'],
  ['@tesseract.js-data/jpn (jpn.traineddata)', 'Apache-2.0', 'language model, Tesseract authors'],
  ['@expo-google-fonts/biz-udgothic', 'OFL-1.1', 'font of the samples, Morisawa'],
];

const ROOT = resolve(import.meta.dirname, '..');
const LICENCES = join(ROOT, 'docs/licences.md');

interface Lock {
  packages: Record<string, { version?: string; license?: string; dev?: boolean; dependencies?: object }>;
}

export function listDependencies(): Dependency[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  const found = new Map<string, Dependency>();
  for (const [path, { version = '', license, dev }] of Object.entries(packages)) {
    if (path === '' || dev) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const licence = license ?? LICENCE_IN_FILE[name]?.licence ?? 'unknown';
    const direct = path === `node_modules/${name}` && name in { ...dependencies, ...optionalDependencies };
    found.set(`${name}@${version}`, { name, version, licence, direct });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** In an SPDX expression with OR one side must be allowed, with AND both. */
export function isAllowed(expression: string): boolean {
  const bare = expression.replace(/[()]/g, '');
  return bare
    .split(/ OR /i)
    .some((side) => side.split(/ AND /i).every((one) => (ALLOWED as readonly string[]).includes(one.trim())));
}

export function writeLicences(dependencies: Dependency[]): string {
  const groups = Map.groupBy(dependencies, ({ licence }) => licence);
  const sorted = [...groups].sort(([, a], [, b]) => b.length - a.length);
  const direct = dependencies.filter((dependency) => dependency.direct);
  return [
    '# Licences of what the desk is made of',
    '',
    'Made by `node tools/licences.ts` from the lockfile: everything installed to run the desk, on every platform; what is',
    'only needed to build and test it (devDependencies) is left out. A test fails when this page is stale, and when a',
    `licence appears that is not one of: ${ALLOWED.join(', ')}.`,
    '',
    'Known advisories: `npm audit --omit=dev` on the day of a release; a critical one stops the release (docs/runbook.md).',
    '',
    '| licence | packages |',
    '| --- | ---: |',
    ...sorted.map(([licence, list]) => `| ${licence} | ${list.length} |`),
    '',
    '## Chosen by us',
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...direct.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    '',
    '## Data inside packages',
    '',
    '| what | licence | |',
    '| --- | --- | --- |',
    ...DATA.map((row) => `| ${row.join(' | ')} |`),
    '',
    '## Everything else',
    '',
    ...sorted.flatMap(([licence, list]) => {
      const rest = list.filter((dependency) => !dependency.direct);
      const names = rest.map(({ name, version }) => `${name} ${version}`).join(', ');
      return rest.length > 0 ? [`**${licence}**: ${names}`, ''] : [];
    }),
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) writeFileSync(LICENCES, writeLicences(listDependencies()));
