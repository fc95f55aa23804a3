import type { Finding, Severity, Where } from './finding.ts';

const ORDER: Record<Severity, number> = { error: 0, warn: 1, review: 2, info: 3 };

/**
 * The findings an office reads: the gravest first, exact repeats once, and the same error in several files as one
 * finding that counts them. Keeps every place (`also`).
 */
export function groupFindings(findings: Finding[]): Finding[] {
  return [...Map.groupBy(findings, contentKey).values()]
    .map(merge)
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => ORDER[a.finding.severity] - ORDER[b.finding.severity] || a.index - b.index)
    .map(({ finding }) => finding);
}

/** The content of a finding without its file and row. Findings of law are single already. */
function contentKey(finding: Finding): string {
  const { code, severity, rule, where, message, remedy } = finding;
  if (rule) return JSON.stringify([code, rule, message, where]);
  const about = where.file ? message.replaceAll(where.file, '') : message;
  const text = about.replace(/\d+(行目|ページ|バイト目)/g, '').replace(/ほかに ?\d+ ?か所.*$/, '');
  return JSON.stringify([code, severity, text, remedy, where.column_name ?? '']);
}

function merge(group: Finding[]): Finding {
  const readings = group.flatMap((finding) => finding.readings ?? []);
  const first: Finding = { ...group[0]!, ...(readings.length > 0 && { readings }) };
  const places = group
    .slice(1)
    .map((f) => f.where)
    .filter((where) => !isSame(where, first.where));
  if (places.length === 0) return first;
  const files = [
    ...new Set(
      places.map((w) => w.file).filter((f): f is string => f !== undefined && f !== first.where.file),
    ),
  ];
  const named = files.slice(0, 4).map(baseName).join('、');
  const rest = files.length > 4 ? ` など` : '';
  const more =
    files.length > 0
      ? `同じことが、ほかに${files.length}ファイルにあります（${named}${rest}）。`
      : `同じことが、ほかに${places.length}か所にあります。`;
  return { ...first, message: `${first.message.replace(/。?$/, '。')}${more}`, also: places };
}

const isSame = (a: Where, b: Where): boolean => JSON.stringify(a) === JSON.stringify(b);
const baseName = (path: string): string => path.split('/').at(-1) ?? path;
