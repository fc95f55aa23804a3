import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { japanTime } from '../shared/calendar/japan-time.ts';
import type { DeskClient } from './desk-client.ts';
import { table } from './display-width.ts';
import { DESK_OPTIONS, operatorDesk } from './operator-desk.ts';
import { reportErrors } from './report-errors.ts';

interface QueueCount {
  stage: string;
  waiting: number;
  dead: number;
}

interface DeadLetterLine {
  message_id: string;
  stage: string;
  about: string;
  sent_at: string | null;
  reason: string | null;
  tries: number | null;
}

/** So long the command waits to see what became of what it put back, ms. */
const PATIENCE = 20_000;

/**
 * `uketsuke redrive [段階|メッセージの番号|all]`: without an argument what was set aside, and why; with one, it goes back
 * to its queue, and what became of it is counted.
 */
export const runRedrive = (argv: string[]): Promise<number> =>
  withDesk(argv, async (desk, by, [what]) => {
    if (!what) return showQueues(desk, by);
    const { moved } = await desk.operate<{ moved: Record<string, number> }>(
      `redrive/${encodeURIComponent(what)}`,
      by,
    );
    for (const [stage, count] of Object.entries(moved))
      process.stdout.write(`${stage}: ${count} 件を戻しました\n`);
    const total = Object.values(moved).reduce((sum, count) => sum + count, 0);
    if (total === 0) return;
    const { waiting, dead } = await outcome(desk, Object.keys(moved));
    process.stdout.write(
      waiting === 0 && dead === 0
        ? 'すべて片付きました。\n'
        : `まだ待っているもの ${waiting} 件、退避に残っているもの ${dead} 件。もう一度 uketsuke redrive で確かめてください。\n`,
    );
  });

async function showQueues(desk: DeskClient, by: By): Promise<void> {
  const queues = await queueCounts(desk);
  const { dead_letters } = await desk.operate<{ dead_letters: DeadLetterLine[] }>('dead-letters', by);
  const rows = queues.map((one) => ({ cells: [one.stage, String(one.waiting), String(one.dead)] }));
  const columns = [
    { title: '段階' },
    { title: '待ち・処理中', align: 'right' as const },
    { title: '退避', align: 'right' as const },
  ];
  process.stdout.write(`${table(columns, rows)}\n`);
  if (dead_letters.length > 0) {
    const letters = dead_letters.map((one) => ({
      cells: [
        one.message_id,
        one.stage,
        one.about,
        one.sent_at ? japanTime(one.sent_at) : '—',
        one.reason ?? '記録なし',
        one.tries === null ? '—' : String(one.tries),
      ],
    }));
    const titles = ['メッセージの番号', '段階', '受付番号・案件', '送られた日時', '失敗の理由', '回数'];
    process.stdout.write(
      `\n${table(
        titles.map((title) => ({ title })),
        letters,
      )}\n`,
    );
  }
  const more = queues.reduce((sum, one) => sum + one.dead, 0) - dead_letters.length;
  if (more > 0)
    process.stdout.write(`ほかに ${more} 件あります（一つの段階につき先頭の一部だけを示しています）。\n`);
  process.stdout.write('戻すときは uketsuke redrive <段階|メッセージの番号> または redrive all\n');
}

/** What waits and what is set aside on these stages, once they have come to rest or patience is over. */
async function outcome(desk: DeskClient, stages: string[]): Promise<{ waiting: number; dead: number }> {
  for (const end = Date.now() + PATIENCE; ; ) {
    const mine = (await queueCounts(desk)).filter((one) => stages.includes(one.stage));
    const sum = (of: 'waiting' | 'dead') => mine.reduce((total, one) => total + one[of], 0);
    const now = { waiting: sum('waiting'), dead: sum('dead') };
    if (now.waiting === 0 || Date.now() > end) return now;
    await sleep(300);
  }
}

const queueCounts = async (desk: DeskClient): Promise<QueueCount[]> =>
  (await desk.operate<{ queues: QueueCount[] }>('queues')).queues;

/** `uketsuke rebuild`: every read model again from the events. */
export const runRebuild = (argv: string[]): Promise<number> =>
  withDesk(argv, async (desk, by) => {
    const made = await desk.operate<{ uploads: number; packets: number; reviews: number; areas: number }>(
      'rebuild',
      by,
    );
    process.stdout.write(
      `作り直しました: 受付 ${made.uploads}、案件 ${made.packets}、確認待ち ${made.reviews}、集計 ${made.areas}\n`,
    );
  });

/** `uketsuke recover`: uploads that lie in the inbox and that the log does not know (after a restore) are received. */
export const runRecover = (argv: string[]): Promise<number> =>
  withDesk(argv, async (desk, by) => {
    const { told } = await desk.operate<{ told: number }>('recover', by);
    process.stdout.write(
      told > 0
        ? `記録にないアップロード ${told} 件を受付に知らせました。判定は uketsuke status で確かめてください。\n`
        : '記録にないアップロードはありません。\n',
    );
  });

/** Who acts; on one machine whoever sits there, unless he says. */
type By = { by?: string };

const withDesk = (
  argv: string[],
  work: (desk: DeskClient, by: By, positionals: string[]) => Promise<void>,
): Promise<number> =>
  reportErrors(async () => {
    const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: DESK_OPTIONS });
    await work(operatorDesk(values), { by: values.by }, positionals);
    return 0;
  });
