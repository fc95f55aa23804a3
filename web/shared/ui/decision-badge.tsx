import { useWords } from '../api/session.ts';
import { word } from '../text/word.ts';
import { Badge, decisionTone, severityTone } from './badge.tsx';

/** 受理, 確認, 返戻 */
export function DecisionBadge({ decision }: { decision: string }) {
  return <Badge tone={decisionTone(decision)}>{word(useWords().decisions, decision)}</Badge>;
}

/** 不備, 注意, 要確認, お知らせ */
export function SeverityBadge({ severity }: { severity: string }) {
  return <Badge tone={severityTone(severity)}>{word(useWords().severities, severity)}</Badge>;
}
