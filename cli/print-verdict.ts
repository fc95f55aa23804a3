import { claimText, commissionText } from '../shared/decision/billing-text.ts';
import { splitText, totalsText, type UploadLedger } from '../shared/decision/upload-ledger.ts';
import type { PacketVerdict } from '../shared/decision/verdict.ts';
import type { Finding } from '../shared/findings/finding.ts';
import { fileText, placeText } from '../shared/findings/place-text.ts';
import { cityName } from '../shared/profiles/cities.ts';
import { printable } from '../shared/text/printable.ts';
import { documentTitle } from '../shared/vocabulary/document-kinds.ts';
import { categoryLabel, eventLabel, maskNumber } from '../shared/vocabulary/labels.ts';
import { DECISION_NAMES, SEVERITY_NAMES } from '../shared/vocabulary/names.ts';

/** One verdict for a person at a terminal. */
export function printVerdict(v: PacketVerdict, explain = false): string {
  const lines = [
    `■ ${v.packet}  ── ${DECISION_NAMES[v.decision]}`,
    `  ${[
      v.city && cityName(v.city),
      v.area && `圏域 ${v.area}`,
      v.insured_number && `被保険者番号 ${maskNumber(v.insured_number)}`,
      v.service_month && `${v.service_month}分`,
      v.event && eventLabel(v.event),
    ]
      .filter(Boolean)
      .join('・')}`,
    `  区分: ${v.category ? categoryLabel(v.category) : '決まらない'}  請求: ${v.claim ? claimText(v.claim, v.city) : 'なし'}`,
    ...(v.commission ? [`  委託料: ${commissionText(v.commission, v.city)}`] : []),
    `  ${totalsText(v.ledger)}`,
  ];
  if (v.missing_documents.length > 0)
    lines.push(`  足りない書類: ${v.missing_documents.map(documentTitle).join('、')}`);
  for (const d of v.deadlines) lines.push(`  期限: ${d.what} ${d.due}（${d.basis}）`);
  for (const f of v.findings) lines.push(...printFinding(f));
  if (explain) lines.push(...printExplanation(v));
  return `${lines.map(printable).join('\n')}\n\n`;
}

/** The outcome of an upload as a whole, in one line. */
export function printTotals(name: string, ledger: UploadLedger): string {
  const { opened: files, pages, rows, isClosed, open } = ledger;
  const totals = totalsText({ files, pages, rows, accounted: isClosed && open === 0 });
  const split = splitText(ledger);
  return `${name} 合計: ${ledger.packets}件・${totals}${split ? `。${split}` : ''}\n\n`;
}

function printFinding(f: Finding): string[] {
  const { file, page, row, column_name } = f.where;
  const place = [file && fileText(file), page && `${page}ページ`, row && `${row}行目`, column_name]
    .filter(Boolean)
    .join(' ');
  return [
    `  [${SEVERITY_NAMES[f.severity]}] ${f.code}${place && ` ${place}`}`,
    `      ${f.message}`,
    `      → ${f.remedy}`,
    ...(f.citation ? [`      根拠: ${f.citation.title} ${f.citation.place}（${f.rules.join(', ')}）`] : []),
  ];
}

function printExplanation(v: PacketVerdict): string[] {
  const { facts, rules, would_change, caveats } = v.explanation;
  const value = (x: unknown): string => {
    const text = typeof x === 'string' ? x : JSON.stringify(x);
    return text.length > 80 ? `${text.slice(0, 80)}…` : text;
  };
  const at = (f: (typeof facts)[number]): string => {
    const where = f.evidence.find((e) => e.where.file)?.where;
    const source = where ? placeText(where) : '';
    return [source, f.reason].filter(Boolean).join('、');
  };
  const states = { known: '確認', assumed: '仮定', missing: 'なし', conflicting: '食い違い' } as const;
  const held = rules.filter((r) => r.status === 'satisfied' || r.status === 'violated');
  return [
    '  ── 判断に使った事実',
    ...facts.map((f) => `    ${f.label}（${f.path}）: ${value(f.value)}  [${states[f.state]}] ${at(f)}`),
    '  ── 判断に使った規則',
    ...held.map(
      (r) =>
        `    ${r.status === 'violated' ? '×' : '○'} ${r.rule} ${r.summary} ── ${r.citation.title} ${r.citation.place}`,
    ),
    ...(v.checklist.length > 0
      ? [
          '  ── 人が確かめること',
          ...v.checklist.map((c) => `    □ ${c.question}（${c.rule} ${c.citation.place}）`),
        ]
      : []),
    ...(would_change.length > 0
      ? [
          '  ── 分かれば判断が変わりうること',
          ...would_change.map((w) => `    ${w.label}（${w.fact}）: ${w.rules.join(', ')}`),
        ]
      : []),
    ...(caveats.length > 0 ? ['  ── 注意', ...caveats.map((c) => `    ${c}`)] : []),
  ];
}
