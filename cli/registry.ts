import { parseArgs } from 'node:util';
import { japanTime } from '../shared/calendar/japan-time.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { cityLabel } from '../shared/vocabulary/labels.ts';
import type { DeskClient } from './desk-client.ts';
import { table } from './display-width.ts';
import { DESK_OPTIONS, operatorDesk } from './operator-desk.ts';
import { fail, reportErrors } from './report-errors.ts';

const USAGE = '使い方: uketsuke registry import [--url URL] FILE…　／　uketsuke registry list';

interface Listed {
  city: string;
  edition: string;
  imported_at: string;
  areas: number;
  centers: number;
  offices: number;
}

/** `uketsuke registry import FILE…`: checks the whole file first, then switches the city to it at once. */
export const runRegistry = (argv: string[]): Promise<number> =>
  reportErrors(async () => {
    const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: DESK_OPTIONS });
    const [verb, ...files] = positionals;
    if (verb === 'import' && files.length > 0) return importFiles(operatorDesk(values), files);
    if (verb === 'list') return list(operatorDesk(values));
    return fail(USAGE);
  }, USAGE);

async function importFiles(desk: DeskClient, files: string[]): Promise<number> {
  for (const file of files) {
    const registry = await loadRegistry(file);
    const { changed, areas, offices } = await desk.importRegistry(registry);
    const what = changed ? `圏域 ${areas}、事業所 ${offices} を取り込みました` : '取込み済みのものと同じです';
    process.stdout.write(`${cityLabel(registry.city)}: ${what}（${file}）\n`);
  }
  return 0;
}

async function list(desk: DeskClient): Promise<number> {
  const { registries } = await desk.get<{ registries: Listed[] }>('/registries');
  const columns = ['市', '圏域', '包括', '事業所', '版', '取込み'].map((title) => ({ title }));
  const rows = registries.map((one) => ({
    cells: [
      cityLabel(one.city),
      one.areas,
      one.centers,
      one.offices,
      one.edition,
      japanTime(one.imported_at),
    ].map(String),
  }));
  process.stdout.write(`${table(columns, rows)}\n`);
  return 0;
}
