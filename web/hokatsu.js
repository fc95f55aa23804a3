import { request } from './desk.js';
import { choice, h, mask, showDetail, table } from './dom.js';
import { pagedList } from './more.js';
import { badge, place, showNotice } from './notice.js';

/** 包括: the review queue of one 圏域 by due date, with findings, questions and documents side by side. */
export async function hokatsu(words) {
  const { registries } = await request('/registries');
  const cities = registries.map((one) => one.city);
  const [, wantedCity, wantedArea] = location.hash.slice(1).split('/');
  const city = cities.includes(wantedCity) ? wantedCity : cities[0];
  if (!city) return h('p', { class: 'soft' }, '登録簿がまだ取り込まれていません。');
  const registry = await request(`/registries/${city}`);
  const areas = [
    ...registry.areas.map((one) => [one.key, one.name]),
    ['_unresolved', '圏域が決まらないもの'],
  ];
  const area = areas.some(([key]) => key === wantedArea) ? wantedArea : areas[0][0];
  const go = (to) => {
    location.hash = `hokatsu/${to}`;
  };
  const path = `/review?city=${city}&area=${encodeURIComponent(area)}`;
  const queue = await request(path);
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'choices' },
      choice(
        '市',
        cities.map((key) => [key, words.cities[key] ?? key]),
        city,
        (to) => go(to),
      ),
      choice('圏域', areas, area, (to) => go(`${city}/${to}`)),
    ),
    pagedList(path, queue, 'items', (items, hasMore) => [
      h('h2', {}, `確認待ち ${items.length}件${hasMore ? '（ほかにもあります）' : ''}`),
      items.length === 0
        ? h('p', { class: 'soft' }, 'この圏域で待っているものはありません。')
        : queueTable(items, words),
    ]),
  );
}

const queueTable = (items, words) =>
  table(
    '期限の近い順',
    [['期限'], ['利用者'], ['提供月'], ['種別'], ['区分'], ['理由'], ['指摘', true]],
    items.map((item) => [
      due(item.due_date),
      h(
        'button',
        { class: 'plain', onclick: () => open(item, words) },
        `${item.name ?? '氏名不明'}（${mask(item.insured_number)}）`,
      ),
      item.month === 'unknown' ? '不明' : item.month,
      words.events[item.event] ?? item.event,
      words.categories[item.category] ?? '—',
      { review: '確認', involvement: '関与', overdue: '未着' }[item.why],
      item.findings_total,
    ]),
  );

function due(date) {
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' });
  return date < today ? h('span', { class: 'overdue' }, `${date} 超過`) : date;
}

function open(item, words) {
  showDetail(
    `${item.name ?? '氏名不明'}　${item.month}`,
    h(
      'p',
      {},
      badge(item.decision, words),
      `　期限 ${item.due_date}　${item.reason ?? ''}　`,
      h(
        'button',
        { onclick: () => showNotice(item.about_packet ?? item.packet_id, item.packet) },
        '事業所への通知',
      ),
    ),
    h('h3', {}, `指摘 ${item.findings_total}件`),
    h('ol', { class: 'findings' }, ...item.findings.map((one) => finding(one, words))),
    item.checklist.length > 0 && h('h3', {}, '人が確かめること'),
    item.checklist.length > 0 &&
      h(
        'ul',
        {},
        ...item.checklist.map((one) =>
          h(
            'li',
            {},
            one.question,
            h('p', { class: 'remedy' }, `${one.citation.title} ${one.citation.place}（${one.rule}）`),
          ),
        ),
      ),
    h('h3', {}, '書類'),
    table(
      '',
      [['書類'], ['ファイル'], ['ページ', true], ['読み取り']],
      item.documents.map((one) => [
        words.documents[one.kind] ?? one.title ?? '種類の分からない書類',
        one.file,
        one.pages || '',
        { csv: 'CSV', text: '文字', ocr: '画像から', none: '目視が必要' }[one.read_by],
      ]),
    ),
  );
}

const finding = (one, words) =>
  h(
    'li',
    {},
    h(
      'span',
      { class: `badge ${one.severity === 'error' ? 'error-badge' : one.severity}` },
      words.severities[one.severity],
    ),
    ` ${one.message}`,
    place(one.where) && h('p', { class: 'remedy' }, `場所 ${place(one.where)}`),
    h('p', { class: 'remedy' }, `直し方 ${one.remedy}`),
    one.citation &&
      h(
        'p',
        { class: 'remedy' },
        `根拠 ${one.citation.title} ${one.citation.place}（${one.rules.join('、')}）`,
      ),
  );
