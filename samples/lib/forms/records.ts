import type { Case, Service } from '../model.ts';
import { planner, wareki } from '../model.ts';
import type { Page } from '../page.ts';
import { boxes, label, newPage, putSeal, putTable, putText, putTitle } from '../page.ts';

const AREAS = [
  '運動及び移動',
  '家庭生活を含む日常生活',
  '社会参加並びに対人関係及びコミュニケーション',
  '健康管理',
];

/** アセスメントシート (岡山市), アセスメントの結果の記録 (延岡市): the four domains, the place, and the persons present. */
export function assessmentSheet(
  c: Case,
  o: { title: string; date: string; place?: string; atHome?: boolean },
): Page[] {
  const page = newPage();
  const { person: p } = c;
  const place = o.place ?? '利用者の居宅を訪問';
  let y = putTitle(page, 34, o.title);
  y = putTable(
    page,
    40,
    y,
    [95, 165, 95, 160],
    [
      [label('利用者氏名'), `${p.name}　様`, label('アセスメント実施日'), wareki(o.date)],
      [label('被保険者番号'), p.insured, label('実施者'), planner(c).author],
      [label('実施場所'), place, label('面接した者'), `本人、家族（${p.family.relation}）`],
      [
        label('実施の方法'),
        {
          text: `${(o.atHome ?? true) ? '利用者の居宅を訪問し、' : ''}趣旨を説明して理解を得たうえで、利用者及びその家族に面接して行った。`,
          span: 3,
        },
      ],
    ],
    { minHeight: 22 },
  );
  y = putTable(
    page,
    40,
    y + 8,
    [115, 150, 110, 140],
    [
      [label('領域'), label('現在の状況'), label('本人・家族の意向'), label('課題とその原因')],
      ...AREAS.map((name, i) => {
        const domain = p.story.domains[i]!;
        return [label(name), domain.state, domain.wish, domain.problem ?? '課題なし'];
      }),
    ],
    { minHeight: 54 },
  );
  putTable(
    page,
    40,
    y + 8,
    [115, 400],
    [
      [label('服薬・受診'), p.story.illness.map((i) => `${i.name}（${i.doctor}）`).join('、')],
      [label('食事・栄養'), '3食とも自分で用意する。体重の変化はない。'],
      [label('口腔'), '義歯あり。かみにくさはない。'],
      [label('もの忘れ・気分'), '日課を自分で管理できる。'],
      [label('住まい'), '一戸建て。玄関に段差がある。'],
      [label('まとめ（支援が必要な要因）'), p.story.problem],
    ],
    { minHeight: 34 },
  );
  return [page];
}

/** サービス担当者会議の記録（要点）. */
export function kaigiRecord(c: Case, o: { date: string; inquiry?: boolean }): Page[] {
  const page = newPage();
  const title = o.inquiry ? 'サービス担当者に対する照会の記録' : 'サービス担当者会議の記録';
  let y = putTitle(page, 34, title);
  y = putTable(
    page,
    40,
    y,
    [95, 165, 95, 160],
    [
      [label('利用者氏名'), `${c.person.name}　様`, label('計画作成者氏名'), planner(c).author],
      [label('開催日'), wareki(o.date), label('開催場所'), '利用者宅'],
      [label('開催時間'), '14:00～15:00', label('開催回数'), '1回'],
    ],
    { minHeight: 22 },
  );
  y = putTable(
    page,
    40,
    y + 8,
    [130, 130, 255],
    [
      [label('会議出席者　所属（職種）'), label('氏名'), label('意見')],
      ['本人', c.person.name, c.person.story.wish],
      [`家族（${c.person.family.relation}）`, c.person.family.name, '無理のない範囲で続けてほしい。'],
      ...c.planned.map((s) => [s.provider.name, '担当 太郎', `${s.content}を行う。`]),
      [planner(c).name, planner(c).author, '計画の原案を説明した。'],
    ],
    { minHeight: 26 },
  );
  putTable(
    page,
    40,
    y + 8,
    [130, 385],
    [
      [label('検討した項目'), '介護予防サービス計画の原案、役割の分担、緊急時の連絡'],
      [label('検討内容'), `${c.person.story.problem}\n${c.person.story.proposal}`],
      [label('結論'), `原案のとおりとする。利用するサービス：${c.planned.map((s) => s.name).join('、')}`],
      [label('残された課題（次回の開催時期）'), '計画期間の終了前に開催する。'],
    ],
    { minHeight: 46 },
  );
  return [page];
}

/** 個別サービス計画書 as the provider submits it. */
export function kobetsuKeikaku(c: Case, service: Service, date: string): Page[] {
  const page = newPage();
  const { story, name } = c.person;
  let y = putTitle(page, 34, `個別サービス計画書（${service.name}）`);
  y = putTable(
    page,
    40,
    y,
    [95, 165, 95, 160],
    [
      [label('利用者氏名'), `${name}　様`, label('作成日'), wareki(date)],
      [label('事業所名'), service.provider.name, label('作成者'), '担当 太郎'],
      [
        label('事業所番号'),
        service.provider.number,
        label('計画期間'),
        `${wareki(c.planFrom)}～${wareki(c.planTo)}`,
      ],
    ],
    { minHeight: 22 },
  );
  y = putTable(
    page,
    40,
    y + 8,
    [130, 385],
    [
      [label('目標'), story.goal],
      [label('サービス内容'), service.content],
      [label('曜日・時間'), service.kind === '67' ? '常時貸与' : `週1回　${service.start}～${service.end}`],
      [label('留意事項'), story.health],
    ],
    { minHeight: 50 },
  );
  putText(page, 60, y + 20, `上記の計画の説明を受け、同意しました。　${wareki(date)}　氏名　${name}　印`, {
    size: 10,
  });
  putSeal(page, 470, y + 24, name);
  return [page];
}

export interface MonitoringEntry {
  date: string;
  way: '訪問' | 'テレビ電話' | '電話' | '事業所で面接';
  text: string;
}

/** モニタリングの結果の記録. */
export function monitoringRecord(c: Case, entries: MonitoringEntry[]): Page[] {
  const page = newPage();
  let y = putTitle(page, 34, 'モニタリングの結果の記録');
  putText(page, 40, y, `利用者氏名　${c.person.name}　様`, { size: 10 });
  putText(page, 330, y, `計画作成者氏名　${planner(c).author}`, { size: 10 });
  y = putTable(
    page,
    40,
    y + 18,
    [78, 196, 181, 60],
    [
      [label('実施日'), label('方法'), label('結果'), label('計画の変更')],
      ...entries.map((e) => [
        wareki(e.date),
        boxes(['訪問', 'テレビ電話', '電話', '事業所で面接'], e.way),
        e.text,
        boxes(['要', '否'], '否'),
      ]),
    ],
    { minHeight: 36 },
  );
  putText(page, 40, y + 10, '※少なくとも1月に1回、結果を記録する。', { size: 8 });
  return [page];
}
