import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { japanTime } from '../shared/calendar/japan-time.ts';
import type { AuditEntry } from '../shared/records/lifecycle/audit.ts';
import type { DeskClient } from './desk-client.ts';
import { table } from './display-width.ts';
import { DESK_OPTIONS, operatorDesk } from './operator-desk.ts';
import { fail, reportErrors } from './report-errors.ts';

/** `uketsuke export`: the whole history of a case to a new folder. The reading itself stands in the case's trail. */
export const runExport = (argv: string[]): Promise<number> =>
  withCase(argv, ['case', 'out', 'by'], async (desk, said) => {
    const out = resolve(said.out!);
    const { files } = await desk.operate<{ files: number }>('case/export', { ...said, out });
    process.stdout.write(`${out} に ${files} ファイルを書き出しました（目録は 99_目録_utf8.csv）。\n`);
  });

/** `uketsuke trail`: who saw or changed what of a case. */
export const runTrail = (argv: string[]): Promise<number> =>
  withCase(argv, ['case', 'by'], async (desk, said) => {
    const { trail } = await desk.operate<{ trail: AuditEntry[] }>('case/trail', said);
    const columns = ['日時', '種別', '役割', '利用者', '操作', '記録'].map((title) => ({ title }));
    const rows = trail.map((one) => ({
      cells: [
        japanTime(one.time),
        one.does === 'read' ? '閲覧' : '変更',
        one.role,
        one.subject,
        one.what,
        one.record.split('#')[0]!,
      ],
    }));
    process.stdout.write(`${table(columns, rows)}\n`);
  });

type Said = { case?: string; out?: string; by?: string };

const withCase = (
  argv: string[],
  needs: (keyof Said)[],
  work: (desk: DeskClient, said: Said) => Promise<void>,
): Promise<number> =>
  reportErrors(async () => {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ args: argv, options: { ...DESK_OPTIONS, case: text, out: text } });
    const { url, data, stack, ...said } = values;
    const missing = needs.filter((name) => !said[name]);
    if (missing.length > 0) return fail(`${missing.map((name) => `--${name}`).join(' ')} を付けてください。`);
    await work(operatorDesk(values), said);
    return 0;
  });
