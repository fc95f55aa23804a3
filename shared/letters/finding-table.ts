import type { Notice } from './notice.ts';

/** Columns of the list of findings that an office saves. */
export const FINDING_COLUMNS: string[] = [
  '受付番号',
  '提出物',
  '被保険者番号',
  '提供月',
  '結果',
  '重さ',
  'コード',
  '内容',
  '場所',
  '直し方',
  '根拠',
  '規則',
  '件数',
];

/** One row per finding of a notice; a notice without one has a row of its own, so that no packet is left out. */
export function findingRows(n: Notice): string[][] {
  const head = [n.receipt, n.packet, n.person.insured_number ?? '', n.service_month ?? '', n.title];
  if (n.findings.length === 0) return [[...head, ...Array<string>(8).fill('')]];
  return n.findings.map((group) => [
    ...head,
    group.level,
    group.code,
    group.messages.join('\n'),
    [...group.places, ...(group.more_places ? [`ほか${group.more_places}か所`] : [])].join('\n'),
    group.remedy,
    group.citation ? `${group.citation.title} ${group.citation.place}` : '',
    group.rule ?? '',
    String(group.count),
  ]);
}
