import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type CaseInput, caseSchema } from '../shared/decision/decide-case.ts';
import { profileJsonSchema } from '../shared/guide/profile-json-schema.ts';
import { writeFactSources } from '../shared/guide/write-fact-sources.ts';
import { writeFacts } from '../shared/guide/write-facts.ts';
import { writeFindingCodes } from '../shared/guide/write-finding-codes.ts';
import { writeRuleReport } from '../shared/guide/write-rule-report.ts';
import { writeScope } from '../shared/guide/write-scope.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Every page generated from the rules, by its path in the project. */
export async function generateDocs(): Promise<Map<string, string>> {
  return new Map([
    ['docs/finding-codes.md', writeFindingCodes()],
    ['docs/scope.md', writeScope()],
    ['docs/facts.md', writeFacts()],
    ['docs/fact-sources.md', writeFactSources()],
    ['docs/rule-report.md', writeRuleReport(await readCases())],
    ['profiles/profile.schema.json', profileJsonSchema()],
  ]);
}

/** The worked cases of test/cases, each with its city (the file's name up to the first "-"). */
export async function readCases(): Promise<CaseInput[]> {
  const folder = join(ROOT, 'test/cases');
  const files = (await readdir(folder)).filter((f) => f.endsWith('.yaml')).sort();
  const read = files.map(async (file) => {
    const cases = parse(await readFile(join(folder, file), 'utf8'), { merge: true }) as object[];
    return cases.map((c) => caseSchema.parse({ ...c, city: file.replace('.yaml', '').split('-')[0]! }));
  });
  return (await Promise.all(read)).flat();
}

/**
 * `npm run docs`: writes the generated pages; with `--check` only reports the stale ones.
 * Exit codes: 0 written or up to date, 1 stale pages (with --check).
 */
export async function runDocs(argv: string[]): Promise<number> {
  const isCheck = argv.includes('--check');
  let stale = 0;
  for (const [path, text] of await generateDocs()) {
    const file = join(ROOT, path);
    const current = await readFile(file, 'utf8').catch(() => '');
    if (current === text) continue;
    stale++;
    process.stdout.write(
      `${path} ${isCheck ? 'が古くなっています（npm run docs で作り直します）' : 'を作りました'}\n`,
    );
    if (isCheck) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return isCheck && stale > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = await runDocs(process.argv.slice(2));
