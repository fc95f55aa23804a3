import { parseArgs } from 'node:util';
import type { DeskClient } from './desk-client.ts';
import { table } from './display-width.ts';
import { DESK_OPTIONS, operatorDesk } from './operator-desk.ts';
import { fail, reportErrors } from './report-errors.ts';

const USAGE = `使い方: uketsuke retention <操作> [--case 案件] …   （案件は書類一式の番号、または 市/人/月）
  complete --case 案件 --on YYYY-MM-DD --by 氏名   完結の日を入力する（人が決める。推定はしない）
  hold     --case 案件 --by 氏名 --reason 理由      保全する（期限が過ぎても廃棄しない）
  release  --case 案件 --by 氏名 --reason 理由      保全を解く
  show     --case 案件                             完結の日・保存期限・保全
  due                                              保存期限を過ぎ、保全されていない案件
  erase    --case 案件 --by 氏名 --reason 理由 [--really]   廃棄する（--really がなければ、何が消えるかを示すだけ）`;

interface Shown {
  retention: {
    completed_on: string | null;
    keep_until: string | null;
    rule: string | null;
    hold: { by: string; reason: string } | null;
  } | null;
}
interface Plan {
  why_kept: string[];
  objects: { bucket: string; key: string }[];
  packets: string[];
  whole_uploads: string[];
  kept_uploads: string[];
}

/** What each operation must be told. */
const NEEDS: Record<string, ('case' | 'on' | 'by' | 'reason')[]> = {
  complete: ['case', 'on', 'by'],
  hold: ['case', 'by', 'reason'],
  release: ['case', 'by', 'reason'],
  show: ['case'],
  due: [],
  erase: ['case', 'by', 'reason'],
};

/** `uketsuke retention …`. Exit codes: 0 done, 1 may not be erased, 2 usage. */
export const runRetention = (argv: string[]): Promise<number> =>
  reportErrors(async () => {
    const text = { type: 'string' } as const;
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        ...DESK_OPTIONS,
        case: text,
        on: text,
        reason: text,
        really: { type: 'boolean', default: false },
      },
    });
    const [verb] = positionals;
    const { url, data, stack, ...said } = values;
    const needs = verb && NEEDS[verb];
    if (!needs) return usage(verb ? `「${verb}」という操作はありません。` : '');
    const missing = needs.filter((name) => !said[name]);
    if (missing.length > 0)
      return usage(`${missing.map((name) => `--${name}`).join(' ')} を付けてください。`);
    const desk = operatorDesk(values);
    if (verb === 'due') return printDue(desk, said);
    if (verb === 'erase') return erase(desk, said);
    printShown(await desk.operate<Shown>(`case/${verb}`, said));
    return 0;
  }, USAGE);

function printShown({ retention }: Shown): void {
  const rule = retention?.rule ? `（${retention.rule}）` : '';
  const until = retention?.keep_until
    ? `${retention.keep_until}${rule}`
    : retention?.completed_on
      ? '定めがないため残します'
      : '完結の日が入力されるまで決まりません';
  const hold = retention?.hold ? `保全中: ${retention.hold.reason}（${retention.hold.by}）` : 'なし';
  process.stdout.write(
    `完結の日: ${retention?.completed_on ?? '入力されていません'}\n保存期限: ${until}\n保全: ${hold}\n`,
  );
}

async function printDue(desk: DeskClient, said: object): Promise<number> {
  const { due } = await desk.operate<{
    due: { case: string; completed_on: string; keep_until: string; rule: string | null }[];
  }>('case/due', said);
  const columns = ['案件', '完結の日', '保存期限', '根拠'].map((title) => ({ title }));
  const rows = due.map((one) => ({
    cells: [one.case, one.completed_on, one.keep_until, one.rule ?? '市の設定'],
  }));
  process.stdout.write(due.length > 0 ? `${table(columns, rows)}\n` : '保存期限を過ぎた案件はありません。\n');
  return 0;
}

async function erase(desk: DeskClient, said: object): Promise<number> {
  const { erased, plan } = await desk.operate<{ erased: { objects: number } | null; plan: Plan }>(
    'case/erase',
    said,
  );
  if (plan.why_kept.length > 0) {
    process.stderr.write(`廃棄できません。\n${plan.why_kept.map((why) => `  ・${why}`).join('\n')}\n`);
    return 1;
  }
  const kept = plan.kept_uploads.map(
    (id) => `  ・受付 ${id} のファイルは、ほかの案件が残っているため残します\n`,
  );
  if (erased) {
    process.stdout.write(
      `廃棄しました（ファイル ${erased.objects}、書類一式 ${plan.packets.length}）。\n${kept.join('')}`,
    );
    return 0;
  }
  const objects = plan.objects.map(({ bucket, key }) => `  ・${bucket}/${key}\n`);
  process.stdout.write(
    `廃棄されるもの（まだ何も消していません。消すときは --really を付けます）\n${objects.join('')}` +
      `  ・書類一式 ${plan.packets.length} の判定・通知・確認・記録\n${kept.join('')}`,
  );
  return 0;
}

const usage = (message: string): number => fail(message ? `${message}\n${USAGE}` : USAGE);
