import { parseArgs } from 'node:util';
import { type DeskClient, DeskError } from './desk-client.ts';
import { table } from './display-width.ts';
import { findDesk } from './find-desk.ts';

interface QueueCount {
  stage: string;
  waiting: number;
  dead: number;
}

/** `uketsuke redrive [段階|all]`: without a stage only the counts; with one, what was set aside goes back to its queue. */
export const runRedrive = (argv: string[]): Promise<number> =>
  withDesk(argv, async (desk, [stage]) => {
    if (stage) {
      const { moved } = await desk.operate<{ moved: Record<string, number> }>(`redrive/${stage}`);
      for (const [name, count] of Object.entries(moved))
        process.stdout.write(`${name}: ${count} 件を戻しました\n`);
      return;
    }
    const { queues } = await desk.operate<{ queues: QueueCount[] }>('queues');
    const rows = queues.map((one) => ({ cells: [one.stage, String(one.waiting), String(one.dead)] }));
    const columns = [
      { title: '段階' },
      { title: '待ち・処理中', align: 'right' as const },
      { title: '退避', align: 'right' as const },
    ];
    process.stdout.write(`${table(columns, rows)}\n戻すときは uketsuke redrive <段階> または redrive all\n`);
  });

/** `uketsuke rebuild`: every read model again from the events. */
export const runRebuild = (argv: string[]): Promise<number> =>
  withDesk(argv, async (desk) => {
    const made = await desk.operate<{ uploads: number; packets: number; reviews: number; areas: number }>(
      'rebuild',
    );
    process.stdout.write(
      `作り直しました: 受付 ${made.uploads}、案件 ${made.packets}、確認待ち ${made.reviews}、集計 ${made.areas}\n`,
    );
  });

async function withDesk(
  argv: string[],
  work: (desk: DeskClient, positionals: string[]) => Promise<void>,
): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { url: { type: 'string' }, data: { type: 'string' } },
    });
    await work(findDesk(values.url, values.data), positionals);
    return 0;
  } catch (error) {
    const isUsage = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    if (!(error instanceof DeskError) && !isUsage) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    return 2;
  }
}
