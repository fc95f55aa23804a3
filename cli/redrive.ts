import { setTimeout as sleep } from 'node:timers/promises';
import { japanTime } from '../shared/calendar/japan-time.ts';
import type { ApiClient } from './api-client.ts';
import { connectAsOperator, operatorVerb } from './connect.ts';
import { runVerb } from './run-verb.ts';
import { table } from './table.ts';

interface QueueCounts {
  stage: string;
  waiting: number;
  dead: number;
}

interface DeadLetterLine {
  message_id: string;
  stage: string;
  subject: string;
  sent_at: string | null;
  reason: string | null;
  tries: number | null;
}

/** How long the command waits for the outcome of the messages it moved. */
const OUTCOME_TIMEOUT_MS = 20_000;
const POLL_MS = 300;

/** `uketsuke redrive [target]`: lists dead letters with their reasons, or moves them back and reports the outcome. */
export const runRedrive = (argv: string[]): Promise<number> =>
  runVerb(
    operatorVerb('redrive').argument('[段階|メッセージの番号|all]', '戻すもの（指定がなければ一覧）'),
    argv,
    async (options, target) => {
      const client = connectAsOperator(options);
      const input = { by: options.by };
      await (target ? moveBack(client, target, input) : printDeadLetters(client, input));
      return 0;
    },
  );

async function moveBack(client: ApiClient, target: string, input: object): Promise<void> {
  const path = `redrive/${encodeURIComponent(target)}`;
  const { moved } = await client.operate<{ moved: Record<string, number> }>(path, input);
  for (const [stage, count] of Object.entries(moved))
    process.stdout.write(`${stage}: ${count} 件を戻しました\n`);
  if (Object.keys(moved).length === 0) return;
  const { waiting, dead } = await waitForOutcome(client, Object.keys(moved));
  process.stdout.write(
    waiting === 0 && dead === 0
      ? 'すべて片付きました。\n'
      : `まだ待っているもの ${waiting} 件、退避に残っているもの ${dead} 件。もう一度 uketsuke redrive で確かめてください。\n`,
  );
}

/** The messages of these stages when none waits any more, or after the timeout. */
async function waitForOutcome(
  client: ApiClient,
  stages: string[],
): Promise<{ waiting: number; dead: number }> {
  for (const deadline = Date.now() + OUTCOME_TIMEOUT_MS; ; ) {
    const counts = (await queueCounts(client)).filter(({ stage }) => stages.includes(stage));
    const sum = (key: 'waiting' | 'dead') => counts.reduce((total, count) => total + count[key], 0);
    const outcome = { waiting: sum('waiting'), dead: sum('dead') };
    if (outcome.waiting === 0 || Date.now() > deadline) return outcome;
    await sleep(POLL_MS);
  }
}

async function printDeadLetters(client: ApiClient, input: object): Promise<void> {
  const queues = await queueCounts(client);
  const { dead_letters } = await client.operate<{ dead_letters: DeadLetterLine[] }>('dead-letters', input);
  process.stdout.write(`${queueTable(queues)}\n`);
  if (dead_letters.length > 0) process.stdout.write(`\n${deadLetterTable(dead_letters)}\n`);
  const unlisted = queues.reduce((sum, { dead }) => sum + dead, 0) - dead_letters.length;
  if (unlisted > 0)
    process.stdout.write(`ほかに ${unlisted} 件あります（一つの段階につき先頭の一部だけを示しています）。\n`);
  process.stdout.write('戻すときは uketsuke redrive <段階|メッセージの番号> または redrive all\n');
}

function queueTable(queues: QueueCounts[]): string {
  const columns = [
    { title: '段階' },
    { title: '待ち・処理中', align: 'right' as const },
    { title: '退避', align: 'right' as const },
  ];
  return table(
    columns,
    queues.map(({ stage, waiting, dead }) => ({ cells: [stage, String(waiting), String(dead)] })),
  );
}

function deadLetterTable(letters: DeadLetterLine[]): string {
  const titles = ['メッセージの番号', '段階', '受付番号・案件', '送られた日時', '失敗の理由', '回数'];
  const rows = letters.map(({ message_id, stage, subject, sent_at, reason, tries }) => ({
    cells: [
      message_id,
      stage,
      subject,
      sent_at ? japanTime(sent_at) : '—',
      reason ?? '記録なし',
      tries === null ? '—' : String(tries),
    ],
  }));
  return table(
    titles.map((title) => ({ title })),
    rows,
  );
}

const queueCounts = async (client: ApiClient): Promise<QueueCounts[]> =>
  (await client.operate<{ queues: QueueCounts[] }>('queues')).queues;
