import { parseArgs } from 'node:util';
import { cityLabel } from '../shared/messages/labels.ts';
import { japanTime } from '../shared/records/japan-time.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { DeskError } from './desk-client.ts';
import { table } from './display-width.ts';
import { findDesk } from './find-desk.ts';

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
export async function runRegistry(argv: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { url: { type: 'string' }, data: { type: 'string' } },
    });
    const [verb, ...files] = positionals;
    const desk = findDesk(values.url, values.data);
    if (verb === 'import' && files.length > 0) {
      for (const file of files) {
        const registry = await loadRegistry(file);
        const { changed, areas, offices } = await desk.importRegister(registry);
        const what = changed
          ? `圏域 ${areas}、事業所 ${offices} を取り込みました`
          : '取込み済みのものと同じです';
        process.stdout.write(`${cityLabel(registry.city)}: ${what}（${file}）\n`);
      }
      return 0;
    }
    if (verb === 'list') {
      const { registers } = await desk.get<{ registers: Listed[] }>('/registers');
      const columns = ['市', '圏域', '包括', '事業所', '版', '取込み'].map((title) => ({ title }));
      const rows = registers.map((one) => ({
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
    process.stderr.write(`${USAGE}\n`);
    return 2;
  } catch (error) {
    const isForUser = error instanceof DeskError || (error as Error).message?.startsWith('登録簿');
    const isUsage = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    if (!isForUser && !isUsage) throw error;
    process.stderr.write(`${(error as Error).message}\n${isUsage ? `${USAGE}\n` : ''}`);
    return 2;
  }
}
