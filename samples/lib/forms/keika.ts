import type { Case } from '../model.ts';
import { planner, wareki } from '../model.ts';
import type { Page } from '../page.ts';
import { label, newPage, putTable, putText, putTitle } from '../page.ts';

export interface KeikaEntry {
  date: string;
  text: string;
}

/** 経過記録; the title differs by city: 介護予防支援経過記録, 支援経過, 経過記録. */
export function keikaKiroku(c: Case, title: string, entries: KeikaEntry[]): Page[] {
  const page = newPage();
  let y = putTitle(page, 34, title);
  putText(page, 40, y, `利用者氏名　${c.person.name}　様`, { size: 10 });
  putText(page, 330, y, `計画作成者氏名　${planner(c).author}`, { size: 10 });
  y += 18;
  putTable(
    page,
    40,
    y,
    [80, 435],
    [
      [label('年月日'), label('内容')],
      ...entries.map((entry) => [
        { text: wareki(entry.date), valign: 'top' as const },
        { text: entry.text, valign: 'top' as const },
      ]),
      ['', ''],
    ],
    { size: 8.5, minHeight: 34 },
  );
  return [page];
}
