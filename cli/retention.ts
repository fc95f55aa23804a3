import type { ApiClient } from './api-client.ts';
import { connectAsOperator, operatorVerb } from './connect.ts';
import { interruptedErasure } from './interrupted-erasure.ts';
import { fail, requireOptions, runVerb, UsageError } from './run-verb.ts';
import { table } from './table.ts';

interface CaseState {
  of: { city: string; person: string; month: string };
  retention: {
    completed_on: string | null;
    keep_until: string | null;
    rule: string | null;
    hold: { by: string; reason: string } | null;
    erasure: string | null;
  } | null;
}

interface ErasurePlan {
  why_kept: string[];
  objects: { bucket: string; key: string }[];
  packets: string[];
  whole_uploads: string[];
  kept_uploads: string[];
}

interface Erased {
  objects: number;
  /** folders of damaged files that a person must delete */
  set_aside: string[];
}

interface DueCase {
  case: string;
  completed_on: string;
  keep_until: string;
  rule: string | null;
  is_erasing: boolean;
}

/** Options that each operation requires. */
const REQUIRED: Record<string, string[]> = {
  complete: ['case', 'on', 'by'],
  hold: ['case', 'by', 'reason'],
  release: ['case', 'by', 'reason'],
  show: ['case'],
  due: [],
  erase: ['case', 'by', 'reason'],
};

/** `uketsuke retention <operation>`. Exit codes: 0 done, 1 must not be erased, 2 usage. */
export const runRetention = (argv: string[]): Promise<number> =>
  runVerb(command(), argv, async (options, operation) => {
    const required = REQUIRED[operation];
    if (!required) throw new UsageError(`「${operation}」という操作はありません。`);
    requireOptions(options, required);
    const client = connectAsOperator(options);
    const { url, data, stack, ...input } = options;
    if (operation === 'due') return printDueCases(client, input);
    if (operation === 'erase') return erase(client, input);
    printState(await client.operate<CaseState>(`case/${operation}`, input));
    return 0;
  });

const command = () =>
  operatorVerb('retention')
    .argument('<操作>', Object.keys(REQUIRED).join(' | '))
    .option('--case <案件>', '書類一式の番号、または 市/人/月')
    .option('--on <YYYY-MM-DD>', '完結の日')
    .option('--reason <理由>', '保全し、保全を解き、または廃棄する理由')
    .option('--really', '廃棄する（なければ、何が消えるかを示すだけ）')
    .addHelpText(
      'after',
      `
操作:
  complete --case --on --by       完結の日を入力する（人が決める。推定はしない）
  hold     --case --by --reason   保全する（期限が過ぎても廃棄しない）
  release  --case --by --reason   保全を解く
  show     --case                 完結の日・保存期限・保全
  due                             保存期限を過ぎ、保全されていない案件と、廃棄が途中で止まった案件
  erase    --case --by --reason   廃棄する`,
    );

function printState({ of, retention }: CaseState): void {
  const hold = retention?.hold ? `保全中: ${retention.hold.reason}（${retention.hold.by}）` : 'なし';
  process.stdout.write(
    `完結の日: ${retention?.completed_on ?? '入力されていません'}\n保存期限: ${keepUntilText(retention)}\n保全: ${hold}\n`,
  );
  if (retention?.erasure)
    process.stdout.write(`廃棄: ${interruptedErasure(`${of.city}/${of.person}/${of.month}`)}\n`);
}

function keepUntilText(retention: CaseState['retention']): string {
  if (retention?.keep_until) return `${retention.keep_until}${retention.rule ? `（${retention.rule}）` : ''}`;
  return retention?.completed_on ? '定めがないため残します' : '完結の日が入力されるまで決まりません';
}

async function printDueCases(client: ApiClient, input: object): Promise<number> {
  const { due } = await client.operate<{ due: DueCase[] }>('case/due', input);
  const columns = ['案件', '完結の日', '保存期限', '根拠', '廃棄'].map((title) => ({ title }));
  const rows = due.map((dueCase) => ({
    cells: [
      ...[dueCase.case, dueCase.completed_on, dueCase.keep_until, dueCase.rule ?? '市の設定'],
      dueCase.is_erasing ? '途中' : '',
    ],
  }));
  process.stdout.write(due.length > 0 ? `${table(columns, rows)}\n` : '保存期限を過ぎた案件はありません。\n');
  for (const one of due.filter(({ is_erasing }) => is_erasing))
    process.stdout.write(`${one.case} の廃棄: ${interruptedErasure(one.case)}\n`);
  return 0;
}

async function erase(client: ApiClient, input: object): Promise<number> {
  const { erased, plan } = await client.operate<{ erased: Erased | null; plan: ErasurePlan }>(
    'case/erase',
    input,
  );
  if (plan.why_kept.length > 0) {
    fail(`廃棄できません。\n${plan.why_kept.map((reason) => `  ・${reason}`).join('\n')}`);
    return 1;
  }
  process.stdout.write(
    erased
      ? `廃棄しました（ファイル ${erased.objects}、書類一式 ${plan.packets.length}）。\n${keptUploads(plan)}${setAsideLines(erased)}`
      : erasurePreview(plan),
  );
  return 0;
}

const erasurePreview = (plan: ErasurePlan): string =>
  `廃棄されるもの（まだ何も消していません。消すときは --really を付けます）\n` +
  plan.objects.map(({ bucket, key }) => `  ・${bucket}/${key}\n`).join('') +
  `  ・書類一式 ${plan.packets.length} の判定・通知・確認・記録\n` +
  keptUploads(plan);

const setAsideLines = ({ set_aside }: Erased): string =>
  set_aside.length === 0
    ? ''
    : `壊れたものとして分けて置いた次のフォルダーには、この案件の記録が残っていることがあり、中身を選んで消せません。確かめたらフォルダーごと消してください。\n` +
      set_aside.map((folder) => `  ・${folder}\n`).join('');

const keptUploads = ({ kept_uploads }: ErasurePlan): string =>
  kept_uploads.map((id) => `  ・受付 ${id} のファイルは、ほかの案件が残っているため残します\n`).join('');
