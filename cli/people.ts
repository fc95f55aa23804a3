import { readFileSync } from 'node:fs';
import { writePeople } from '../host/sign-in/people-file.ts';
import { readPeopleCsv } from '../operations/people/read-people-csv.ts';
import type { Person } from '../shared/access/people.ts';
import { connectAsOperator, withOperator } from './connect.ts';
import { dataFolder } from './data-folder.ts';
import { InputError } from './expand-inputs.ts';
import { runVerb, UsageError, verb } from './run-verb.ts';

/** `uketsuke people import FILE`: who is on the list may sign in, and no one else. `people reset-factor MAIL`. */
export const runPeople = (argv: string[]): Promise<number> =>
  runVerb(
    withOperator(verb('people'))
      .option('--data <フォルダー>', '一台の受付の記録の場所')
      .argument('<操作>', 'import: 名簿を取り込む、reset-factor: 失くした認証アプリを登録し直せるようにする')
      .argument('<対象>', 'import では名簿（CSV）、reset-factor ではメールアドレス'),
    argv,
    async (options, operation, target) => {
      if (operation === 'import') {
        const people = readPeopleCsv(bytesOf(target));
        return options.stack ? importToStack(options, people) : importToFolder(options.data, people);
      }
      if (operation !== 'reset-factor')
        throw new UsageError('people import 名簿 か people reset-factor メール と指定してください。');
      if (!options.stack) throw new UsageError('一台の受付のサインインに認証アプリはありません。');
      await connectAsOperator(options).operate('people/reset-factor', { mail: target });
      process.stdout.write(
        `${target}: 次のサインインで認証アプリを登録し直します。いまのサインインは終わりました。\n`,
      );
      return 0;
    },
  );

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new InputError(`名簿「${file}」を読めません。場所を確かめてください。`);
  }
}

type Options = { stack?: string | undefined; by?: string | undefined };

async function importToStack(options: Options, people: Person[]): Promise<number> {
  const done = await connectAsOperator(options).operate<Record<string, number>>('people/import', { people });
  process.stdout.write(
    `招待 ${done.invited}人、変更 ${done.changed}人、停止 ${done.left}人、そのまま ${done.unchanged}人\n`,
  );
  return 0;
}

function importToFolder(data: string | undefined, people: Person[]): number {
  const folder = dataFolder(data);
  writePeople(folder, people);
  process.stdout.write(`${people.length}人を ${folder} の名簿にしました。\n`);
  return 0;
}
