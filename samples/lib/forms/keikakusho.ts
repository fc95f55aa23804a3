import { planPeriod } from '../csv/upyobo.ts';
import type { Case } from '../model.ts';
import { planner, wareki } from '../model.ts';
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
  sum,
} from '../page.ts';

const LEFT = 24;
const DOMAIN_NAMES = [
  '運動・移動について',
  '日常生活（家庭生活）について',
  '社会参加、対人関係・コミュニケーションについて',
  '健康管理について',
];
const COLUMNS: [string, number][] = [
  ['アセスメント領域と現在の状況', 88],
  ['本人・家族の意欲・意向', 62],
  ['領域における課題（背景・原因）', 78],
  ['総合的課題', 62],
  ['課題に対する目標と具体策の提案', 66],
  ['具体策についての意向 本人・家族', 60],
  ['目標', 58],
  ['目標についての支援のポイント', 58],
  ['本人等のセルフケアや家族の支援、インフォーマルサービス', 66],
  ['介護保険サービスまたは地域支援事業', 62],
  ['サービス種別', 50],
  ['事業所（利用先）', 50],
  ['期間', 34],
];
const PROGRAMMES: [string, number, number, number][] = [
  ['運動不足', 6, 10, 3],
  ['栄養改善', 11, 12, 2],
  ['口腔内ケア', 13, 15, 2],
  ['閉じこもり予防', 16, 17, 1],
  ['物忘れ予防', 18, 20, 1],
  ['うつ予防', 21, 25, 2],
];

export interface PlanOptions {
  /** 介護予防サービス・支援計画書, or with （ケアマネジメント結果等記録表） as 岡山市 prints it */
  title?: string;
  /** 写 in the corner */
  copy?: boolean;
}

/** 介護予防サービス・支援計画書, A4 landscape. */
export function keikakusho(c: Case, options: PlanOptions = {}): Page[] {
  const page = newPage(true);
  const by = planner(c);
  const p = c.person;
  const status = p.certification === '事業対象者' ? '事業対象者' : p.certification;
  if (options.copy) putCell(page, 770, 12, 40, 16, '（写）', { align: 'center' });
  let y = putTitle(page, 14, options.title ?? '介護予防サービス・支援計画書', 12);
  putText(page, LEFT, y, `NO. ${p.insured.slice(-4)}　利用者名　${p.name}　様　　被保険者番号 ${p.insured}`, {
    size: 8,
  });
  putText(
    page,
    380,
    y,
    `${boxes(['初回', '紹介', '継続'], c.division === '11' ? '初回' : '継続')}　｜　${boxes(['認定済', '申請中'], '認定済')}　｜　${boxes(['要支援1', '要支援2', '事業対象者'], status)}`,
    { size: 8 },
  );
  y += 12;
  putText(
    page,
    LEFT,
    y,
    p.certification === '事業対象者'
      ? `基本チェックリスト実施日　${wareki(p.checklist.date)}`
      : `認定年月日　${wareki(p.certDecided)}　　認定の有効期間　${wareki(p.certFrom)}～${wareki(p.certTo)}`,
    { size: 8 },
  );
  putText(
    page,
    460,
    y,
    `計画作成（変更）日　${wareki(c.planDate)}（初回作成日　${wareki(c.firstPlanDate)}）`,
    { size: 8 },
  );
  y += 12;
  putText(page, LEFT, y, `計画作成者氏名　${by.author}　　${c.commissioned ? '委託：有' : '委託：無'}`, {
    size: 8,
  });
  putText(page, 460, y, `担当地域包括支援センター：${c.center.name}`, { size: 8 });
  y += 12;
  putText(
    page,
    LEFT,
    y,
    `計画作成者事業者・事業所名及び所在地（電話）　${by.name}　${by.address}（${by.phone}）`,
    { size: 8 },
  );
  y += 13;
  y = putTable(
    page,
    LEFT,
    y,
    [60, 337, 60, 337],
    [[label('目標とする生活　1日'), p.story.goalDay, label('1年'), p.story.goalYear]],
    { size: 7.5 },
  );
  y = body(page, y + 4, c);
  foot(page, y + 4, c);
  return [page];
}

function body(page: Page, y: number, c: Case): number {
  const widths = COLUMNS.map(([, w]) => w);
  const HEAD = 34;
  const ROW = 54;
  let x = LEFT;
  for (const [name, w] of COLUMNS) {
    putCell(page, x, y, w, HEAD, name, { label: true, size: 6, align: 'center' });
    x += w;
  }
  const top = y + HEAD;
  const { story } = c.person;
  story.domains.forEach((domain, i) => {
    const cells = [
      `${DOMAIN_NAMES[i]}\n${domain.state}`,
      domain.wish,
      `${boxes(['有', '無'], domain.problem ? '有' : '無')}\n${domain.problem ?? ''}`,
    ];
    cells.forEach((text, column) => {
      putCell(page, LEFT + sum(widths.slice(0, column)), top + i * ROW, widths[column]!, ROW, text, {
        size: 6,
        valign: 'top',
      });
    });
  });
  const shared = [
    story.problem,
    story.proposal,
    story.wish,
    story.goal,
    story.point,
    story.selfCare,
    c.planned.map((s, i) => `${'①②③④'[i]}${s.content}`).join('\n'),
    c.planned.map((s, i) => `${'①②③④'[i]}${s.name}`).join('\n'),
    c.planned.map((s, i) => `${'①②③④'[i]}${s.provider.name}`).join('\n'),
    planPeriod(c),
  ];
  shared.forEach((text, i) => {
    const column = i + 3;
    putCell(page, LEFT + sum(widths.slice(0, column)), top, widths[column]!, ROW * 4, text, {
      size: 6,
      valign: 'top',
    });
  });
  return top + ROW * 4;
}

function foot(page: Page, y: number, c: Case): void {
  const { story, checklist } = c.person;
  putTable(
    page,
    LEFT,
    y,
    [96, 240],
    [
      [label('健康状態について'), story.health],
      [
        label('【本来行うべき支援が実施できない場合】妥当な支援の実施に向けた方針'),
        '本来行うべき支援をそのまま実施できる。',
      ],
      [label('総合的な方針：生活不活発病の改善・予防のポイント'), story.policy],
    ],
    { size: 6.5, minHeight: 28 },
  );
  const hits = PROGRAMMES.map(([, from, to]) => checklist.hits.filter((q) => q >= from && q <= to).length);
  putTable(
    page,
    LEFT + 342,
    y,
    [62, 26, 26, 26, 28, 26, 26],
    [
      [
        { ...asLabel('必要な事業プログラム'), size: 5.5 },
        ...PROGRAMMES.map(([name]) => ({ ...asLabel(name), size: 5 })),
      ],
      [
        { ...asLabel('基本チェックリストの（該当した項目数）／（質問項目数）'), size: 5 },
        ...PROGRAMMES.map(([, from, to], i) => ({ text: `${hits[i]}／${to - from + 1}`, size: 6 })),
      ],
      [
        { ...asLabel('要否'), size: 5.5 },
        ...PROGRAMMES.map(([, , , limit], i) => ({ text: (hits[i] ?? 0) >= limit ? '要' : '否', size: 6 })),
      ],
    ],
    { minHeight: 20 },
  );
  const right = LEFT + 568;
  putCell(page, right, y, 226, 30, '', {});
  putText(page, right + 3, y + 3, '地域包括支援センター　意見（確認印）', { size: 6.5 });
  if (c.commissioned || !c.office) {
    putText(page, right + 3, y + 15, '計画の内容は妥当と認める。', { size: 7 });
    putSeal(page, right + 205, y + 15, c.center.staff);
  }
  putCell(page, right, y + 32, 226, 62, '', {});
  putText(page, right + 3, y + 35, '計画に関する同意', { size: 7 });
  const below = putParagraph(page, right + 3, y + 46, 220, '上記計画について、同意いたします。', 7);
  putText(
    page,
    right + 3,
    below + 2,
    c.consentDate
      ? `${wareki(c.consentDate)}　氏名　${c.person.name}　印`
      : '令和　　年　　月　　日　氏名　　　　　　　　　　印',
    { size: 8 },
  );
  if (c.consentDate) putSeal(page, right + 205, below + 6, c.person.name);
}

const asLabel = (text: string) => ({ text, label: true, align: 'center' as const });
