import { japanTime } from '../shared/calendar/japan-time.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { cityLabel } from '../shared/vocabulary/labels.ts';
import type { ApiClient } from './api-client.ts';
import { connectAsOperator, operatorVerb } from './connect.ts';
import { runVerb, UsageError } from './run-verb.ts';
import { table } from './table.ts';

interface RegistryLine {
  city: string;
  edition: string;
  imported_at: string;
  areas: number;
  centers: number;
  offices: number;
}

/** `uketsuke registry import FILE…`: validates each whole file, then switches its city to it. `registry list`. */
export const runRegistry = (argv: string[]): Promise<number> =>
  runVerb(
    operatorVerb('registry')
      .argument('<操作>', 'import: 取り込む、list: 取り込んだものの一覧')
      .argument('[ファイル...]', '登録簿（YAML）'),
    argv,
    async (options, operation, files) => {
      if (operation === 'import' && files.length > 0) return importFiles(connectAsOperator(options), files);
      if (operation === 'list') return printList(connectAsOperator(options));
      throw new UsageError('registry import ファイル… か registry list と指定してください。');
    },
  );

async function importFiles(client: ApiClient, files: string[]): Promise<number> {
  for (const file of files) {
    const registry = await loadRegistry(file);
    const { changed, areas, offices } = await client.importRegistry(registry);
    const result = changed
      ? `圏域 ${areas}、事業所 ${offices} を取り込みました`
      : '取込み済みのものと同じです';
    process.stdout.write(`${cityLabel(registry.city)}: ${result}（${file}）\n`);
  }
  return 0;
}

async function printList(client: ApiClient): Promise<number> {
  const { registries } = await client.get<{ registries: RegistryLine[] }>('/registries');
  const columns = ['市', '圏域', '包括', '事業所', '版', '取込み'].map((title) => ({ title }));
  const rows = registries.map(({ city, areas, centers, offices, edition, imported_at }) => ({
    cells: [cityLabel(city), areas, centers, offices, edition, japanTime(imported_at)].map(String),
  }));
  process.stdout.write(`${table(columns, rows)}\n`);
  return 0;
}
