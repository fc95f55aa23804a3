import { eraTime } from '../calendar/era-time.ts';
import { eraText } from '../calendar/wareki.ts';
import { printable } from '../text/printable.ts';
import type { FindingGroup } from './group-rows.ts';
import type { Notice } from './notice.ts';
import { basisText, contactText, correctionText, readByText } from './notice-words.ts';

/** The notice as plain text: everything needed to act without a phone call. */
export function renderNotice(notice: Notice): string {
  const n = notice;
  return [
    n.title,
    '='.repeat(40),
    '',
    ...head(n),
    '',
    '■ 受け取ったもの',
    `  ${n.received.files}ファイル・${n.received.pages}ページ・${n.received.rows}行${
      n.received.accounted ? '、すべて処理済み' : '（処理の集計が合っていません。受付の担当者が調べています）'
    }`,
    ...n.documents.map(
      (d) => `  ・${d.title}　${d.file}${d.pages ? `（${d.pages}ページ）` : ''}${readByText(d.read_by)}`,
    ),
    '',
    ...section(
      '足りない書類',
      n.missing_documents.map((d) => `  ・${d.title}`),
    ),
    ...findings(n),
    ...section(
      '期限',
      n.deadlines.map((d) => `  ・${d.what}: ${eraText(d.due)}`),
    ),
    ...(n.kind === 'return' && !n.is_lost ? section('補正の期限', [`  ・${correctionText(n)}`]) : []),
    '■ 次にすること',
    ...n.next_steps.map((step) => `  ・${step}`),
    '',
    `お問い合わせの際は受付番号 ${n.receipt} をお伝えください。`,
    ...contactText(n.contact),
    `（${basisText(n)}）`,
    '',
  ]
    .map(printable)
    .join('\r\n');
}

function head(n: Notice): string[] {
  const rows: [string, string | null][] = [
    ['受付番号', n.receipt],
    ['受付日時', eraTime(n.received_at)],
    [
      '最初の受付',
      n.version > 1 ? `${n.first.receipt}（${eraTime(n.first.received_at)}）　今回は第${n.version}版` : null,
    ],
    ['判定日時', eraTime(n.issued_at)],
    ['文書番号', n.number],
    ['事業所', [n.office_number, n.office_name].filter(Boolean).join(' ') || '不明'],
    ['送信した事業所', n.sent_by],
    ['提出物', n.packet],
    ['保険者', [n.person.insurer_number, n.city_name].filter(Boolean).join(' ')],
    [
      '利用者',
      [n.person.insured_number, n.person.name && `${n.person.name} 様`].filter(Boolean).join(' ') ||
        '特定できません',
    ],
    ['提供月', n.service_month && eraText(n.service_month)],
    ['提出の理由', n.event],
    ['担当圏域', [n.area_name ?? n.area, n.center_name].filter(Boolean).join(' ／ ') || '決まっていません'],
    ['区分', n.category_name],
    ['請求', n.claim_text ?? (n.commission_text ? '事業所から国保連への請求はありません' : n.payer_name)],
    ['委託料', n.commission_text],
  ];
  return rows.filter(([, value]) => value).map(([label, value]) => `${label.padEnd(6, '　')}${value}`);
}

/** What the office has to read, then what it need not act on; one numbering, two counts. */
function findings(n: Notice): string[] {
  const isNote = (group: FindingGroup): boolean => group.severity === 'info';
  const [faults, notes] = [n.findings.filter((g) => !isNote(g)), n.findings.filter(isNote)];
  return [...groups('指摘', faults, 1), ...groups('お知らせ', notes, faults.length + 1)];
}

function groups(title: string, listed: FindingGroup[], first: number): string[] {
  if (listed.length === 0) return [];
  const count = listed.reduce((sum, group) => sum + group.count, 0);
  return [
    `■ ${title}（${listed.length}種類・${count}件）`,
    ...listed.flatMap((group, i) => finding(group, first + i)),
    '',
  ];
}

function finding(group: FindingGroup, number: number): string[] {
  const where = group.places.join('、') + (group.more_places ? ` ほか${group.more_places}か所` : '');
  const [what, ...others] = group.messages;
  return [
    `  ${number}. 【${group.level}】${what ?? ''}${group.count > 1 ? `（${group.count}件）` : ''}`,
    ...others.map((message) => `     　　　　${message}`),
    ...(where ? [`     場所　　${where}`] : []),
    `     直し方　${group.remedy}`,
    ...(group.citation ? [`     根拠　　${group.citation.title} ${group.citation.place}`] : []),
    `     番号　　${group.code}${group.rule ? ` ／ ${group.rule}` : ''}`,
  ];
}

const section = (title: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : [`■ ${title}`, ...lines, ''];
