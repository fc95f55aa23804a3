import { resolve } from 'node:path';
import { backup, restore } from '../host/backup.ts';
import { dataFolder } from './data-folder.ts';
import { fail, requireOptions, runVerb, verb } from './run-verb.ts';

/** `uketsuke backup --to FOLDER`: copies all data of a stopped desk, with a manifest. */
export const runBackup = (argv: string[]): Promise<number> =>
  runVerb(
    verb('backup')
      .option('--data <フォルダー>', '受付の記録の場所')
      .option('--to <フォルダー>', '写す先の、新しいフォルダー')
      .option('--accept-loss', '壊れた送付物や通知があっても、そのまま写す'),
    argv,
    async ({ data, to, acceptLoss }) => {
      requireOptions({ to }, ['to']);
      const [folder, target] = [resolve(dataFolder(data)), resolve(to ?? '')];
      const { files, damaged } = await backup(folder, target, { acceptLoss });
      process.stdout.write(`${folder} の ${files} ファイルを ${target} にバックアップしました。\n`);
      if (damaged.length === 0) return 0;
      fail(`次の ${damaged.length} 件は壊れたまま写しました。前のバックアップは消さないでください。`);
      for (const file of damaged) fail(`  ${file}`);
      return 2;
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
      const { files, notes } = await restore(resolve(from ?? ''), folder);
      for (const note of notes) fail(note);
      process.stdout.write(
        `${files} ファイルを確かめて ${folder} に戻しました。npm start で始められます。\n`,
      );
      return 0;
    },
  );
