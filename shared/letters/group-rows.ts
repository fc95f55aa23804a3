import type { Citation, Finding, Severity, Where } from '../findings/finding.ts';
import { fileText } from '../findings/place-text.ts';
import { SEVERITY_NAMES } from '../vocabulary/names.ts';

/** Equal findings in one row: their count and the first places. */
export interface FindingGroup {
  code: string;
  severity: Severity;
  level: string;
  messages: string[];
  remedy: string;
  citation: Citation | null;
  rule: string | null;
  count: number;
  places: string[];
  more_places: number;
}

/** Messages and places a row shows. */
const SHOWN = 5;
const ORDER: Severity[] = ['error', 'warn', 'review', 'info'];

/** The rows of a letter, the gravest first: findings with the same code, rule and remedy are one thing to do. */
export function groupRows(findings: Finding[]): FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = [finding.severity, finding.code, finding.rule, finding.remedy].join('\u0000');
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()]
    .flatMap(rowOf)
    .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

function rowOf(findings: Finding[]): FindingGroup[] {
  const first = findings[0];
  if (!first) return [];
  const { code, severity, remedy, citation, rule } = first;
  const messages = [...new Set(findings.map(({ message }) => message))].slice(0, SHOWN);
  const places = [...new Set(findings.map(({ where }) => placeText(where)).filter(Boolean))];
  return [
    {
      code,
      severity,
      level: SEVERITY_NAMES[severity],
      messages,
      remedy,
      citation,
      rule,
      count: findings.length,
      places: places.slice(0, SHOWN),
      more_places: moreThanShown(findings, places.slice(0, SHOWN)),
    },
  ];
}

/** Findings whose place the row does not show. A place beyond the shown ones counts each time. */
const moreThanShown = (findings: Finding[], shown: string[]): number =>
  findings.map(({ where }) => placeText(where)).filter((place) => place !== '' && !shown.includes(place))
    .length;

/** 「UPPLAN.csv 3行目 12列目（サービス種類コード）」 */
export function placeText(where: Where): string {
  const parts = [
    where.file && fileText(where.file),
    where.page && `${where.page}ページ`,
    where.row && `${where.row}行目`,
    where.column && `${where.column}列目`,
    where.column_name && `（${where.column_name}）`,
    where.byte !== undefined && `先頭から${where.byte + 1}バイト目`,
  ];
  return parts.filter(Boolean).join(' ').replace(' （', '（');
}
