import { planPeriod } from '../csv/upyobo.ts';
import type { Case } from '../model.ts';
import { planner, wareki } from '../model.ts';
import type { Page } from '../page.ts';
import { boxes, label, newPage, putCell, putTable, putText, putTitle } from '../page.ts';

export interface HyokaOptions {
  title: string;
  date: string;
  result: 'プラン継続' | 'プラン変更' | '終了';
  achieved: boolean;
  /** the period that was evaluated, as printed; by default the plan's own */
  period?: string;
}

/** サービス評価表. */
export function hyokahyo(c: Case, o: HyokaOptions): Page[] {
  const page = newPage(true);
  const { story } = c.person;
  let y = putTitle(page, 30, o.title, 13);
  putText(page, 40, y, `利用者氏名　${c.person.name}　様`, { size: 9 });
  putText(page, 330, y, `計画作成者氏名　${planner(c).author}`, { size: 9 });
  putText(page, 600, y, `評価日　${wareki(o.date)}`, { size: 9 });
  y = putTable(
    page,
    40,
    y + 18,
    [130, 90, 130, 80, 110, 110, 112],
    [
      [
        label('目標'),
        label('評価期間'),
        label('目標達成状況'),
        label('目標達成／未達成'),
        label('目標達成しない原因（本人・家族の意見）'),
        label('目標達成しない原因（計画作成者の評価）'),
        label('今後の方針'),
      ],
      [
        story.goal,
        o.period ?? planPeriod(c),
        o.achieved ? '休まずに歩ける距離が伸びた。' : '痛みのため歩けない日があった。',
        boxes(['達成', '未達成'], o.achieved ? '達成' : '未達成'),
        o.achieved ? '' : '寒い日は膝が痛んだ。',
        o.achieved ? '' : '痛みに応じた体操が必要。',
        '外出の範囲を広げる目標に改める。',
      ],
    ],
    { size: 8, minHeight: 60 },
  );
  y = putTable(
    page,
    40,
    y + 12,
    [120, 280, 120, 242],
    [
      [
        label('総合的な方針'),
        story.policy,
        label('地域包括支援センター意見'),
        c.commissioned || !c.office ? '評価の内容は妥当と認める。' : '',
      ],
    ],
    { size: 8, minHeight: 44 },
  );
  putCell(page, 40, y + 12, 762, 24, boxes(['プラン継続', 'プラン変更', '終了'], o.result), {
    size: 10,
    align: 'center',
  });
  return [page];
}
