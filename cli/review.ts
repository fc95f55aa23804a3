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

/** `uketsuke review list --city --area`: the queue of an area. `review close` and the other acts of a reviewer on a packet. */
export const runReview = (argv: string[]): Promise<number> =>
  runVerb(command(), argv, async (options, operation, id) => {
    const client = connectAsOperator(options);
    if (operation === 'list') {
      requireOptions(options, ['city', 'area']);
      return printQueue(client, String(options.city), String(options.area));
    }
    if (!isAct(operation) || !id)
      throw new UsageError(
        `review list --city 市 --area 圏域 か、review ${Object.keys(ACTS).join('・')} 書類一式の番号 と指定してください。`,
      );
    const { needs, body, done } = ACTS[operation];
    requireOptions(options, [...needs, 'by']);
    const path = `/review/${encodeURIComponent(id)}/${operation}`;
    await client.post(path, { ...body(options), by: options.by });
    process.stdout.write(`${done}（${id}）。\n`);
    return 0;
  });

interface ActOptions {
  decision?: string;
  reason?: string;
  file?: string;
  accept?: boolean;
}
interface Act {
  /** options without which it makes no sense */
  needs: string[];
  body: (options: ActOptions) => object;
  done: string;
}
const reasonOf = ({ reason }: ActOptions): object => (reason ? { reason } : {});

/** What a reviewer does with an item, by the name the API has for it. */
const ACTS = {
  claim: { needs: [], body: () => ({}), done: '担当になりました' },
  release: { needs: [], body: () => ({}), done: '担当を解きました' },
  'remove-file': {
    needs: ['file'],
    body: (options) => ({ digest: options.file, ...reasonOf(options) }),
    done: 'ファイルを取り除きます',
  },
  withdrawal: {
    needs: [],
    body: (options) => ({ accept: options.accept ?? false, ...reasonOf(options) }),
    done: '取下げの申出に答えました',
  },
  close: {
    needs: ['decision'],
    body: (options) => ({ decision: options.decision, ...reasonOf(options) }),
    done: '確認を終えました',
  },
} as const satisfies Record<string, Act>;
const isAct = (operation: string): operation is keyof typeof ACTS => Object.hasOwn(ACTS, operation);

const command = () =>
  operatorVerb('review')
    .argument(
      '<操作>',
      'list: 確認待ちの一覧、claim: 担当する、release: 担当を解く、remove-file: 個人番号のあるファイルを取り除く、withdrawal: 取下げの申出に答える、close: 確認を終える',
    )
    .argument('[番号]', '書類一式の番号')
    .option('--city <市>', '市のキー')
    .option('--area <圏域>', '圏域のキー')
    .option(
      '--decision <結果>',
      REVIEW_DECISIONS.map((key) => `${key}（${REVIEW_DECISION_NAMES[key]}）`).join('、'),
    )
    .option('--reason <理由>', '助言または差戻し、取下げを認めない理由')
    .option('--file <ダイジェスト>', '取り除くファイルのSHA-256')
    .option('--accept', '取下げを認める（付けなければ認めない）');

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
