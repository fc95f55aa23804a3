import { japanTime } from '../shared/calendar/japan-time.ts';
import type { AuditEntry } from '../shared/records/lifecycle/audit.ts';
import { connectAsOperator, operatorVerb } from './connect.ts';
import { requireOptions, runVerb } from './run-verb.ts';
import { table } from './table.ts';

/** `uketsuke trail`: who read or changed a case. */
export const runTrail = (argv: string[]): Promise<number> =>
  runVerb(
    operatorVerb('trail').option('--case <案件>', '書類一式の番号、または 市/人/月'),
    argv,
    async (options) => {
      requireOptions(options, ['case', 'by']);
      const input = { case: options.case, by: options.by };
      const { trail } = await connectAsOperator(options).operate<{ trail: AuditEntry[] }>(
        'case/trail',
        input,
      );
      const columns = ['日時', '種別', '役割', '利用者', '操作', '記録'].map((title) => ({ title }));
      const rows = trail.map(({ time, does, role, subject, what, record }) => ({
        cells: [
          japanTime(time),
          does === 'read' ? '閲覧' : '変更',
          role,
          subject,
          what,
          record.split('#')[0]!,
        ],
      }));
      process.stdout.write(`${table(columns, rows)}\n`);
      return 0;
    },
  );
