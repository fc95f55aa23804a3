import type { ReviewLine } from '../shared/records/views/review-queue.ts';
import { REVIEW_DECISIONS } from '../shared/vocabulary/category.ts';
import { cityLabel, maskNumber } from '../shared/vocabulary/labels.ts';
import { REVIEW_DECISION_NAMES, REVIEW_KIND_NAMES } from '../shared/vocabulary/names.ts';
import type { ApiClient } from './api-client.ts';
import { connectAsOperator, operatorVerb } from './connect.ts';
import { AreaNames } from './print-answers.ts';
import { requireOptions, runVerb, UsageError } from './run-verb.ts';
import { table } from './table.ts';

interface Queue {
  items: ReviewLine[];
  next: string | null;
}

/** `uketsuke review list --city --area`: the queue of an area. `review close`: ends the review of a packet. */
export const runReview = (argv: string[]): Promise<number> =>
  runVerb(command(), argv, async (options, operation, id) => {
    const client = connectAsOperator(options);
    if (operation === 'list') {
      requireOptions(options, ['city', 'area']);
      return printQueue(client, String(options.city), String(options.area));
    }
    if (operation !== 'close' || !id)
      throw new UsageError(
        'review list --city 市 --area 圏域 か、review close 書類一式の番号 と指定してください。',
      );
    requireOptions(options, ['decision', 'by']);
    return close(client, id, options);
  });

const command = () =>
  operatorVerb('review')
    .argument('<操作>', 'list: 確認待ちの一覧、close: 確認を終える')
    .argument('[番号]', '書類一式の番号')
    .option('--city <市>', '市のキー')
    .option('--area <圏域>', '圏域のキー')
    .option(
      '--decision <結果>',
      REVIEW_DECISIONS.map((key) => `${key}（${REVIEW_DECISION_NAMES[key]}）`).join('、'),
    )
    .option('--reason <理由>', '助言または差戻しの理由');

async function printQueue(client: ApiClient, city: string, area: string): Promise<number> {
  const items: ReviewLine[] = [];
  let after: string | null = null;
  do {
    const query = new URLSearchParams({ city, area, ...(after && { after }) });
    const page: Queue = await client.get<Queue>(`/review?${query}`);
    items.push(...page.items);
    after = page.next;
  } while (after);
  const columns = ['期限', '書類一式の番号', '被保険者番号', '提供月', '理由', '指摘'].map((title) => ({
    title,
  }));
  const rows = items.map(({ due_date, packet_id, insured_number, month, kind, findings_total }) => ({
    cells: [
      due_date,
      packet_id,
      maskNumber(insured_number),
      month,
      REVIEW_KIND_NAMES[kind],
      String(findings_total),
    ],
  }));
  const name = await new AreaNames(client).nameOf(city, area);
  process.stdout.write(`${cityLabel(city)} ${name}　確認待ち ${items.length}件\n`);
  if (items.length > 0) process.stdout.write(`${table(columns, rows)}\n`);
  return 0;
}

async function close(
  client: ApiClient,
  id: string,
  { decision, reason, by }: { decision?: string; reason?: string; by?: string | undefined },
): Promise<number> {
  await client.request(`/review/${encodeURIComponent(id)}/close`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ decision, by, ...(reason && { reason }) }),
  });
  process.stdout.write(`確認を終えました（${id}）。\n`);
  return 0;
}
