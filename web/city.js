import { request } from './desk.js';
import { choice, h, s, table } from './dom.js';

/** 市: numbers per 圏域 and month. */
export async function city(words) {
  const { registries } = await request('/registries');
  const cities = [...registries.map((one) => one.city), '_unknown'];
  const [, wantedCity, wantedMonth] = location.hash.slice(1).split('/');
  const chosen = cities.includes(wantedCity) ? wantedCity : cities[0];
  const { summaries } = await request(`/cities/${chosen}/all`);
  const months = [...new Set(summaries.map((one) => one.month))].sort().reverse();
  const month = months.includes(wantedMonth) ? wantedMonth : months[0];
  const registry = chosen === '_unknown' ? null : await request(`/registries/${chosen}`);
  const nameOf = (key) =>
    key === '_unresolved' ? '決まらないもの' : (registry?.areas.find((one) => one.key === key)?.name ?? key);
  const go = (to) => {
    location.hash = `city/${to}`;
  };
  const shown = summaries.filter((one) => one.month === month);
  const names = cities.map((key) => [
    key,
    key === '_unknown' ? '市が分からないもの' : (words.cities[key] ?? key),
  ]);
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'choices' },
      choice('市', names, chosen, (to) => go(to)),
      months.length > 0 &&
        choice(
          '提供月',
          months.map((one) => [one, one === 'unknown' ? '不明' : one]),
          month,
          (to) => go(`${chosen}/${to}`),
        ),
    ),
    h('h2', {}, '圏域ごとの件数'),
    shown.length === 0 ? h('p', { class: 'soft' }, 'まだありません。') : figures(shown, nameOf, words),
  );
}

function figures(summaries, nameOf, words) {
  const units = (one) => Object.values(one.units).reduce((sum, n) => sum + n, 0);
  const rows = summaries.map((one) => [
    nameOf(one.area),
    one.cases,
    one.users,
    one.decisions.accept,
    one.decisions.review,
    one.decisions.return,
    units(one).toLocaleString('ja-JP'),
    one.reviews,
    one.overdue > 0 ? h('span', { class: 'overdue' }, String(one.overdue)) : '0',
    one.next_due ?? '',
  ]);
  const columns = [
    ['圏域'],
    ['件数', true],
    ['利用者', true],
    ['受理', true],
    ['確認', true],
    ['返戻', true],
    ['請求単位（受理）', true],
    ['確認待ち', true],
    ['期限超過', true],
    ['次の期限'],
  ];
  const categories = new Map();
  for (const one of summaries)
    for (const [key, n] of Object.entries(one.categories))
      categories.set(key, (categories.get(key) ?? 0) + n);
  const twice = summaries.reduce((n, one) => n + (one.two_offices ?? 0), 0);
  const codes = new Map();
  for (const one of summaries)
    for (const [key, n] of Object.entries(one.codes)) codes.set(key, (codes.get(key) ?? 0) + n);
  const top = [...codes].sort((a, b) => b[1] - a[1]).slice(0, 10);
  return h(
    'div',
    {},
    chart(summaries, nameOf),
    table('', columns, rows),
    h('h2', {}, '区分'),
    table(
      '',
      [['区分'], ['人数', true]],
      [...categories].map(([key, n]) => [words.categories[key] ?? '決まらない', n]),
    ),
    twice > 0 &&
      h(
        'p',
        { class: 'overdue' },
        `同じ月を二つ以上の事業所が出した利用者が ${twice} 人います（請求できるのは一か所だけです）。`,
      ),
    h('h2', {}, '多い指摘'),
    table(
      '',
      [['番号'], ['内容'], ['件数', true]],
      top.map(([key, n]) => [key, words.codes[key] ?? '', n]),
    ),
  );
}

/** Bars of 受理, 確認 and 返戻 per area. The table below has the same numbers. */
function chart(summaries, nameOf) {
  const most = Math.max(1, ...summaries.map((one) => one.cases));
  const [row, left, width] = [30, 150, 520];
  const bars = summaries.flatMap((one, n) => {
    let x = left;
    const pieces = ['accept', 'review', 'return'].map((decision) => {
      const w = (one.decisions[decision] / most) * width;
      const bar = s('rect', { x, y: n * row + 5, width: w, height: row - 12, class: decision });
      x += w;
      return bar;
    });
    const label = s('text', { x: left - 8, y: n * row + 19, 'text-anchor': 'end' }, nameOf(one.area));
    const count = s('text', { x: x + 6, y: n * row + 19 }, String(one.cases));
    return [label, ...pieces, count];
  });
  const svg = s(
    'svg',
    {
      viewBox: `0 0 ${left + width + 40} ${summaries.length * row + 4}`,
      class: 'chart',
      role: 'img',
      'aria-label': '圏域ごとの受理・確認・返戻の件数',
    },
    bars,
  );
  const key = (decision, label) => h('li', {}, h('span', { class: `badge ${decision}` }, label));
  return h(
    'div',
    { class: 'card' },
    svg,
    h('ul', { class: 'legend' }, key('accept', '受理'), key('review', '確認'), key('return', '返戻')),
  );
}
