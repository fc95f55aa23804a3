import type { Body, Case, City } from '../model.ts';
import { wareki } from '../model.ts';
import type { Page } from '../page.ts';
import {
  boxes,
  label,
  newPage,
  putCell,
  putParagraph,
  putSeal,
  putTable,
  putText,
  putTitle,
} from '../page.ts';

/** Titles the five cities print, the first being the one for 介護予防支援 in their own source. */
export const TODOKE_TITLES = {
  iwaki: ['介護予防ケアマネジメント依頼届出書', 'サービス計画依頼届出書'],
  mito: ['居宅サービス計画・介護予防サービス計画作成依頼（変更）届'],
  okayama: [
    '介護予防サービス計画作成・介護予防ケアマネジメント依頼（変更）届出書',
    '岡山市総合事業利用に係る介護予防ケアマネジメント依頼（変更）届出書',
    '居宅サービス計画作成依頼（変更）届出書',
  ],
  nobeoka: ['介護予防サービス計画作成・介護予防ケアマネジメント依頼（変更）届出書'],
  // 熊本市's source names no form; this is the title most cities print
  kumamoto: ['介護予防サービス計画作成・介護予防ケアマネジメント依頼（変更）届出書'],
} as const satisfies Record<City['key'], readonly string[]>;

export interface NotificationOptions {
  /** title as the city prints it */
  title: string;
  /** 様式第１号 … above the title */
  formNumber?: string;
  /** 宛先, e.g. 岡山市見本福祉事務所長 */
  to: string;
  kind: '新規' | '変更';
  date: string;
  /** 担当事業所: maker of the plan */
  responsible: Body;
  /** 受託事業所: commissioned office */
  entrusted?: Body;
  /** first day of effect */
  from: string;
  reason?: string;
  attachments: string[];
  /** null: not signed */
  signed: string | null;
  /** place of submission, printed at the foot */
  handIn?: string;
}

/** 居宅サービス計画・介護予防サービス計画・介護予防ケアマネジメント作成依頼（変更）届出書, under any of its titles. */
export function todoke(c: Case, o: NotificationOptions): Page[] {
  const page = newPage();
  const p = c.person;
  if (o.formNumber) putText(page, 40, 24, o.formNumber, { size: 9 });
  let y = putTitle(page, 38, o.title, o.title.length > 34 ? 10 : 12);
  putCell(page, 430, y, 125, 22, `区分　${boxes(['新規', '変更'], o.kind)}`, { size: 9, align: 'center' });
  putText(page, 40, y + 6, `（宛先）${o.to}`, { size: 10 });
  y += 30;
  y = putTable(
    page,
    40,
    y,
    [90, 215, 80, 130],
    [
      [label('フリガナ'), p.kana, label('被保険者番号'), p.insured],
      [label('被保険者氏名'), { text: p.name, size: 11 }, label('個人番号'), '（記入しない）'],
      [label('生年月日'), wareki(p.birth), label('性別'), boxes(['男', '女'], p.sex)],
    ],
    { minHeight: 22 },
  );
  const isCenter = o.responsible.number === c.center.number;
  y = putTable(
    page,
    40,
    y,
    [135, 380],
    [
      [
        {
          text:
            c.planKind === 1
              ? '居宅サービス計画・介護予防サービス計画の作成を依頼（変更）する事業所'
              : '介護予防ケアマネジメントを依頼（変更）する事業所',
          label: true,
          align: 'center',
          span: 2,
        },
      ],
      [
        label('担当事業所'),
        boxes(
          ['地域包括支援センター', '居宅介護支援事業所'],
          isCenter ? '地域包括支援センター' : '居宅介護支援事業所',
        ),
      ],
      [label('事業所番号'), o.responsible.number],
      [label('事業所の名称'), o.responsible.name],
      [label('事業所の所在地'), `〒${o.responsible.postal}　${o.responsible.address}`],
      [label('電話番号'), o.responsible.phone],
    ],
    { minHeight: 20 },
  );
  y = putTable(
    page,
    40,
    y,
    [135, 380],
    [
      [
        {
          text: '介護予防支援・介護予防ケアマネジメントを受託する居宅介護支援事業所（委託する場合のみ記入）',
          label: true,
          align: 'center',
          span: 2,
        },
      ],
      [label('受託事業所'), o.entrusted ? boxes(['居宅介護支援事業所'], '居宅介護支援事業所') : 'なし'],
      [label('受託事業所番号'), o.entrusted?.number ?? ''],
      [label('受託事業所の名称'), o.entrusted?.name ?? ''],
    ],
    { minHeight: 20 },
  );
  y = putTable(
    page,
    40,
    y,
    [135, 380],
    [
      [label('サービス開始年月日'), o.kind === '新規' ? wareki(o.from) : ''],
      [label('変更年月日'), o.kind === '変更' ? wareki(o.from) : ''],
      [label('事業所を変更する場合の事由等'), o.reason ?? ''],
    ],
    { minHeight: 24 },
  );
  y = putParagraph(
    page,
    40,
    y + 12,
    515,
    '上記の事業所に居宅サービス計画・介護予防サービス計画の作成又は介護予防ケアマネジメントを依頼することを届け出します。',
    9,
  );
  putText(page, 60, y + 6, `届出日　${wareki(o.date)}`, { size: 10 });
  putText(page, 60, y + 26, `被保険者　住所　${p.address}`, { size: 10 });
  putText(page, 60, y + 44, `　　　　　氏名　${o.signed ?? '　　　　　　　　　　'}　印`, { size: 10 });
  putText(page, 60, y + 62, `電話番号　${p.phone}`, { size: 9 });
  if (o.signed) putSeal(page, 330, y + 48, o.signed);
  putTable(
    page,
    40,
    y + 86,
    [90, 425],
    [
      [
        label('添付書類'),
        boxes(
          ['介護保険被保険者証', '介護保険資格者証'],
          o.attachments.includes('介護保険被保険者証') ? '介護保険被保険者証' : null,
        ),
      ],
      [label('提出先'), o.handIn ?? o.to],
    ],
    { minHeight: 20 },
  );
  return [page];
}
