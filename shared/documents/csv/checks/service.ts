import { serviceKindName } from '../../service-kinds.ts';
import type { CsvIssues } from '../csv-issues.ts';
import { REMEDIES } from '../remedies.ts';
import { type CheckedRow, isTotal } from '../row-readings.ts';

/** 福祉用具貸与 and 介護予防福祉用具貸与. */
export const EQUIPMENT_KINDS = new Set(['17', '67']);

/** A service of a 利用票: its kind, the code of lent equipment, its day. */
export function checkService(row: CheckedRow, issues: CsvIssues): void {
  const code = row.get('service');
  if (code === '' || isTotal(code)) return;
  const kind = code.slice(0, 2);
  if (serviceKindName(kind) === null)
    issues.add(
      'F_CSV_VALUE',
      'warn',
      { row: row.row, column: row.column('service') },
      `サービスコード「${code}」の種類「${kind}」は、サービス種類の表にありません`,
      REMEDIES.value,
      kind,
    );
  if (EQUIPMENT_KINDS.has(kind) && row.column('tais') && !row.get('tais') && !row.get('aid_code'))
    issues.add(
      'F_CSV_REQUIRED',
      // On paper the field may stay blank, and no decision reads it.
      'info',
      { row: row.row, column: row.column('tais') },
      '福祉用具貸与の行に、TAISコードも福祉用具届出コードもありません（標準仕様ではどちらかが必要です）',
      REMEDIES.tais,
      'tais',
    );
  const [month, day] = [row.get('month'), row.get('day')];
  if (month && day && !day.startsWith(month))
    issues.add(
      'F_CSV_VALUE',
      'warn',
      { row: row.row, column: row.column('day') },
      `サービス利用日「${day}」が対象年月「${month}」の中にありません`,
      REMEDIES.value,
      'month',
    );
}
