import { resolve } from 'node:path';
import { backup, restore } from '../host/backup.ts';
import { dataFolder } from './data-folder.ts';
import { requireOptions, runVerb, verb } from './run-verb.ts';

/** `uketsuke backup --to FOLDER`: copies all data of a stopped desk, with a manifest. */
export const runBackup = (argv: string[]): Promise<number> =>
  runVerb(
    verb('backup')
      .option('--data <フォルダー>', '受付の記録の場所')
      .option('--to <フォルダー>', '写す先の、新しいフォルダー'),
    argv,
    async ({ data, to }) => {
      requireOptions({ to }, ['to']);
      const [folder, target] = [resolve(dataFolder(data)), resolve(to ?? '')];
      const files = await backup(folder, target);
      process.stdout.write(`${folder} の ${files} ファイルを ${target} にバックアップしました。\n`);
      return 0;
    },
  );

/** `uketsuke restore --from FOLDER`: verifies a whole backup, then copies it into an empty data folder. */
export const runRestore = (argv: string[]): Promise<number> =>
  runVerb(
    verb('restore')
      .option('--data <フォルダー>', '戻す先の、新しいフォルダー')
      .option('--from <フォルダー>', 'バックアップのフォルダー'),
    argv,
    async ({ data, from }) => {
      requireOptions({ from }, ['from']);
      const folder = resolve(dataFolder(data));
      const files = await restore(resolve(from ?? ''), folder);
      process.stdout.write(
        `${files} ファイルを確かめて ${folder} に戻しました。npm start で始められます。\n`,
      );
      return 0;
    },
  );
