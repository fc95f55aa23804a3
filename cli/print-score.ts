import { type Count, rate, type Slip, type Tally } from './tally.ts';

/** The score for the terminal. */
export function printScore(t: Tally): string {
  const lines: string[] = [
    `${t.packets} 件（うち画像だけの提出 ${t.pictures} 件は指摘の率に入れない）  ${t.seconds.toFixed(1)} 秒、毎秒 ${(t.packets / t.seconds).toFixed(1)} 件、CPU ${((t.cpuSeconds / t.packets) * 1000).toFixed(1)} ミリ秒/件`,
    '',
    ...table('指摘', [['すべて', t.total()], ...[...t.codes].sort()]),
    '',
    ...table('判定', [...t.decisions].sort()),
    '',
    '値の一致',
    ...[...t.values]
      .filter(([, v]) => v.count > 0)
      .map(([key, v]) => `  ${key.padEnd(12)} ${v.right}/${v.count}  ${percent(v.right / v.count)}`),
    '',
    '区分（真 → 受付）',
    ...[...t.categories].sort().map(([pair, n]) => `  ${pair.padEnd(44)} ${n}`),
    '',
    '植えた誤り（すべての指摘と判定が合った数 / 植えた数）',
    ...[...t.defects].sort().map(([name, d]) => `  ${name.padEnd(36)} ${d.caught}/${d.planted}`),
    ...slips('見落とし', t.missed),
    ...slips('余計な指摘', t.invented),
    ...[...t.values].flatMap(([key, v]) => slips(`違う値: ${key}`, v.wrong)),
    ...slips('判定のない、または余計な提出', t.lost),
    ...slips('黙って受理したもの', t.silent),
  ];
  return `${lines.join('\n')}\n`;
}

function table(title: string, rows: [string, Count][]): string[] {
  return [
    `${title.padEnd(28)}   正    漏   余   再現率   適合率`,
    ...rows.map(([key, c]) => {
      const { recall, precision } = rate(c);
      return `  ${key.padEnd(28)} ${num(c.right)} ${num(c.missed)} ${num(c.invented)} ${percent(recall)} ${percent(precision)}`;
    }),
  ];
}

const num = (n: number): string => String(n).padStart(5);
const percent = (x: number): string => `${(x * 100).toFixed(2)}%`.padStart(8);

const slips = (title: string, list: Slip[]): string[] =>
  list.length === 0
    ? []
    : [
        '',
        title,
        ...list.map(
          (s) =>
            `  ${s.upload} ${s.packet} [${s.style}] ${s.event}${s.defect ? ` {${s.defect}}` : ''} ${s.code}: ${s.actual}`,
        ),
      ];
