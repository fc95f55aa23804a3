import { changedCity, ENTRY_CHANGES, fieldChanges, RULE_STATUSES } from '../shared/decision/change-text.ts';
import type { EntryChange, VerdictChange } from '../shared/decision/compare-verdicts.ts';
import type { Finding } from '../shared/findings/finding.ts';
import { SEVERITY_NAMES } from '../shared/vocabulary/names.ts';

/** One verdict that changes under edited rules, for the terminal. */
export function printChange(upload: string, change: VerdictChange): string {
  const { packet, city, service_month, findings, rules } = change;
  const lines = [
    `■ ${packet}（${[upload, changedCity(city), service_month].filter(Boolean).join('、')}）`,
    ...fieldChanges(change).map(({ label, before, after }) => `  ${label}: ${before} → ${after}`),
    ...findings.removed.map((finding) => findingLine('－', finding)),
    ...findings.added.map((finding) => findingLine('＋', finding)),
    ...findings.reworded.map(({ after }) => findingLine('文', after)),
    ...rules.map(
      ({ rule, entry, before, after, summary }) =>
        `  理由 ${rule}${entryText(entry)} ${RULE_STATUSES[before]} → ${RULE_STATUSES[after]}：${summary}`,
    ),
  ];
  return `${lines.join('\n')}\n\n`;
}

export function printChangeTotals(
  entries: Map<string, EntryChange>,
  packets: number,
  changed: number,
): string {
  const rules = [...entries].map(([id, change]) => `${id}${entryText(change)}`).join('、') || 'なし';
  const result = changed === 0 ? '判定は一つも変わりません' : `${changed} 件の判定が変わります`;
  return `変えた規則: ${rules}\n${packets} 件の提出のうち、${result}。記録は何も変えていません。\n`;
}

const findingLine = (sign: string, { severity, code, rule, message }: Finding): string =>
  `  ${sign} ［${SEVERITY_NAMES[severity]}］${code}${rule ? `（${rule}）` : ''} ${message}`;

const entryText = (change: EntryChange): string => (change === 'same' ? '' : `［${ENTRY_CHANGES[change]}］`);
