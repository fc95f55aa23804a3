import { eraTime } from '../calendar/era-time.ts';
import { japanDate } from '../calendar/japan-time.ts';
import { eraText } from '../calendar/wareki.ts';
import type { FindingGroup } from './group-rows.ts';
import type { Letter, LetterRow, LetterSection, LetterTable } from './letter.ts';
import type { Notice } from './notice.ts';
import { basisText, contactText, correctionText, readByText } from './notice-words.ts';

/** 不備通知書, 確認中のお知らせ or 受理通知 as it is printed. */
export function noticeLetter(n: Notice): Letter {
  return {
    title: n.title,
    number: n.number,
    date: japanDate(n.issued_at),
    addressee: `${addressee(n)}　御中`,
    sender: [n.city ? n.city_name : '受付窓口', n.center_name, ...contactText(n.contact)].filter(
      (line) => line !== null,
    ),
    opening: [n.is_lost ? LOST_OPENING : OPENINGS[n.kind]],
    about: aboutRows(n),
    sections: [...mustFix(n), ...others(n)].filter(({ lines, tables }) => lines.length + tables.length > 0),
    closing: [`お問い合わせの際は受付番号 ${n.receipt} をお伝えください。`, basisText(n)],
  };
}

/** Papers that name no office are answered to the one that sent them. */
function addressee({ office_name, office_number, sent_by }: Notice): string {
  const number = office_number ?? sent_by;
  return office_name ?? (number ? `事業所番号 ${number}` : '提出した事業所');
}

const OPENINGS: Record<Notice['kind'], string> = {
  return: '次の書類を審査したところ、下記の不備がありました。直した書類をお送りください。',
  review: '次の書類を受け付けました。地域包括支援センターが内容を確認しています。',
  accept: '次の書類を審査し、受理しました。',
};

const LOST_OPENING =
  '次の送付物は受け付けましたが、受付の側の故障により読み取れなくなりました。お手数ですが、もう一度お送りください。';

function aboutRows(n: Notice): LetterRow[] {
  const { person } = n;
  const rows: [string, string | null][] = [
    ['受付番号', n.receipt],
    ['受付日時', eraTime(n.received_at)],
    [
      '最初の受付',
      n.version > 1 ? `${n.first.receipt}（${eraTime(n.first.received_at)}）　今回は第${n.version}版` : null,
    ],
    ['提出物', n.packet],
    ['保険者', [person.insurer_number, n.city_name].filter(Boolean).join(' ')],
    [
      '利用者',
      [person.insured_number, person.name && `${person.name} 様`].filter(Boolean).join(' ') ||
        '特定できません',
    ],
    ['サービス提供月', n.service_month ? eraText(n.service_month) : '不明'],
    ['提出の理由', n.event],
    ['担当圏域', [n.area_name ?? n.area, n.center_name].filter(Boolean).join(' ／ ') || '決まっていません'],
    ['区分', n.category_name],
    ['請求', n.claim_text ?? (n.commission_text ? '事業所から国保連への請求はありません' : n.payer_name)],
    ['委託料', n.commission_text],
    ['補正の期限', n.kind === 'return' && !n.is_lost ? correctionText(n) : null],
  ];
  return rows.filter((row): row is LetterRow => Boolean(row[1]));
}

/** What the office has to act on comes first. */
function mustFix(n: Notice): LetterSection[] {
  const faults = n.findings.filter(({ severity }) => severity !== 'info');
  return [
    section(
      '足りない書類',
      n.missing_documents.map(({ title }) => title),
    ),
    {
      title: `指摘（${faults.length}種類）`,
      lines: [],
      tables: faults.map((group, i) => findingTable(group, i + 1)),
    },
    section('次にすること', n.next_steps),
  ];
}

function others(n: Notice): LetterSection[] {
  const notes = n.findings.filter(({ severity }) => severity === 'info');
  const { files, pages, rows, accounted } = n.received;
  const total = `${files}ファイル・${pages}ページ・${rows}行${accounted ? '、すべて処理済み' : '（処理の集計が合っていません。受付の担当者が調べています）'}`;
  const documents = n.documents.map(
    (d) => `${d.title}　${d.file}${d.pages ? `（${d.pages}ページ）` : ''}${readByText(d.read_by)}`,
  );
  return [
    section(
      '期限',
      n.deadlines.map(({ what, due }) => `${what}: ${eraText(due)}`),
    ),
    section('受け取った書類', [total, ...documents]),
    {
      title: `お知らせ（${notes.length}種類）`,
      lines: [],
      tables: notes.map((group, i) => findingTable(group, i + 1)),
    },
  ];
}

const section = (title: string, lines: string[]): LetterSection => ({ title, lines, tables: [] });

/** What, where, why and how to fix it. */
function findingTable(group: FindingGroup, number: number): LetterTable {
  const [what = '', ...more] = group.messages;
  const where = group.places.join('\n') + (group.more_places ? `\nほか${group.more_places}か所` : '');
  const { citation, rule, code } = group;
  return {
    head: `${number}. 【${group.level}】${what}${group.count > 1 ? `（${group.count}件）` : ''}`,
    rows: [
      ...more.map((message): LetterRow => ['同じ種類', message]),
      ...(where ? [['場所', where] satisfies LetterRow] : []),
      ['直し方', group.remedy],
      ...(citation ? [['根拠', `${citation.title} ${citation.place}`] satisfies LetterRow] : []),
      ['番号', `${code}${rule ? ` ／ ${rule}` : ''}`],
    ],
  };
}
