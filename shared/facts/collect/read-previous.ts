import { type Finding, fileFinding } from '../../findings/finding.ts';
import { type FactSheet, factValue } from '../fact.ts';
import { putDerived } from '../readings.ts';
import type { CollectContext } from './collect-context.ts';

export function readPrevious(facts: FactSheet, context: CollectContext, findings: Finding[]): void {
  if (!context.previous) return;
  const said = factValue<string>(facts, 'previous_category');
  if (said && said !== context.previous.category) {
    findings.push(
      fileFinding(
        'F_FACT_CONFLICT',
        'review',
        { file: 'packet.json' },
        '前月の区分が、送付票と受付の記録で違います。受付の記録で審査しました。',
        '前月の提出内容を確かめ、送付票の previous_category を直して出し直してください。',
      ),
    );
  }
  putDerived(facts, 'previous_category', context.previous.category, 'known', '前月の受付の記録', [
    { source: 'record', where: {}, raw: '' },
  ]);
}
