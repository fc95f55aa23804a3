import type { Finding } from '../../findings/finding.ts';
import type { Judged } from '../../rules/judge-rules.ts';

export interface Notification {
  required: boolean;
  form: string | null;
  kind: string | null;
  to: string | null;
  attachments: string[];
  findings: Finding[];
  /** attachments that are not there */
  missing: string[];
}

/** All rules that hold describe one 届出: the form of the first, the addressee and the kind of the last. */
export function foldNotification(judged: Judged[]): Notification {
  const rules = judged.filter(({ result }) => result.contributes.notification);
  const due = rules.map(({ result }) => result.contributes.notification!);
  const findings = onceEach(rules.flatMap(({ result }) => result.findings));
  return {
    required: due.length > 0,
    form: due.find(({ form }) => form)?.form ?? null,
    kind: due.findLast(({ kind }) => kind)?.kind ?? null,
    to: due.findLast(({ to }) => to)?.to ?? null,
    attachments: [...new Set(due.flatMap(({ attachments }) => attachments))],
    findings,
    missing: findings.flatMap(({ documents = [] }) => documents),
  };
}

/** Two rules that ask for the same thing make one finding. Signatures differ by their sentence. */
function onceEach(findings: Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of findings) {
    const index = kept.findIndex((first) => isSame(first, finding));
    const first = kept[index];
    if (first) kept[index] = { ...first, rules: [...new Set([...first.rules, ...finding.rules])] };
    else kept.push(finding);
  }
  return kept;
}

const isSame = (a: Finding, b: Finding): boolean =>
  a.code === b.code && (a.code !== 'F_SIGNATURE' || a.message === b.message);
