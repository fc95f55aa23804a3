import { connectAsOperator, operatorVerb } from './connect.ts';
import { runVerb } from './run-verb.ts';

/** `uketsuke give-up`: ends an upload that no retry ends. Its sender is asked to send it again. */
export const runGiveUp = (argv: string[]): Promise<number> =>
  runVerb(
    operatorVerb('give-up').argument('<受付番号>', '閉じる受付。始めたときの表示と redrive で分かる'),
    argv,
    async (options, id) => {
      const client = connectAsOperator(options);
      await client.operate(`give-up/${encodeURIComponent(id)}`, { by: options.by });
      process.stdout.write(
        `${id} をもう一度だけ読み、読めなければ閉じて、送った人に知らせます。結果は uketsuke status ${id} で確かめてください。\n`,
      );
      return 0;
    },
  );
