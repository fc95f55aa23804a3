import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { connect } from './connect.ts';
import { expandInputs } from './expand-inputs.ts';
import { collect } from './options.ts';
import { AreaNames, packetTable } from './print-answers.ts';
import { runVerb, UsageError, verb } from './run-verb.ts';

/**
 * `uketsuke supplement <packet> <file…>`: the files join a packet, or take the place of files of the same name, and it is
 * decided again. Exit codes: 0 accepted or in review, 1 returned.
 */
export const runSupplement = (argv: string[]): Promise<number> =>
  runVerb(
    verb('supplement')
      .argument('<番号>', '書類一式の番号')
      .argument('<ファイル...>', '足りない書類、直した書類（同じ名前のものは差し替え）')
      .option('--replaces <ファイル>', '差し替える、前に送ったファイル。何度でも指定できる', collect, [])
      .option('--url <URL>', '動いている受付の場所')
      .option('--data <フォルダー>', '受付の記録の場所'),
    argv,
    async (options, packet_id, paths) => {
      await expandInputs(paths);
      // A folder or a ZIP would be a packet of its own; here every file is one document.
      if (paths.some((path) => /\.zip$/i.test(path) || statSync(path).isDirectory()))
        throw new UsageError(
          '書類を一つずつファイルで指定してください（フォルダーとZIPは submit で送ります）。',
        );
      const files = paths.map((path) => ({ path: basename(path), file: resolve(path) }));
      const client = connect(options);
      const joins = { packet_id, replaces: options.replaces };
      const id = await client.send({ name: '補正', files }, undefined, joins);
      process.stdout.write(`受付番号 ${id}\n`);
      const { packets } = await client.waitForAnswer(id, async () => false);
      process.stdout.write(`\n${await packetTable(packets, new AreaNames(client))}\n`);
      return packets.some(({ decision }) => decision === 'return') ? 1 : 0;
    },
  );
