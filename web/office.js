import { request, send, waitForAnswer, withAllPages } from './desk.js';
import { announce, h, mask, table, time } from './dom.js';
import { pagedList } from './more.js';
import { badge, showNotice } from './notice.js';

/** 事業所: upload a month's packets; shows which are accepted, which are returned, and what to fix. */
export async function office(words) {
  const sent = h('div', {});
  const accept = (files) => {
    for (const file of files) sent.prepend(upload(file, words));
  };
  const input = h('input', { type: 'file', multiple: true, onchange: (event) => accept(event.target.files) });
  const drop = h(
    'label',
    {
      class: 'drop',
      ondragover: (event) => {
        event.preventDefault();
        drop.classList.add('over');
      },
      ondragleave: () => drop.classList.remove('over'),
      ondrop: (event) => {
        event.preventDefault();
        drop.classList.remove('over');
        accept(event.dataTransfer.files);
      },
    },
    h('strong', {}, 'ひと月分の書類（ZIP）をここに置いてください'),
    h('br'),
    h('span', { class: 'soft' }, '利用者ごとにフォルダーを分けたZIP。いくつでも一度に送れます。'),
    input,
  );
  return h('div', {}, drop, sent, h('h2', {}, '最近の受付'), await recent(words));
}

/** The card of one upload: sending, received, decided. */
function upload(file, words) {
  const bar = h('progress', { max: 1, value: 0, 'aria-label': `${file.name} の送信` });
  const state = h('p', { class: 'soft' }, '送信しています…');
  const card = h('section', { class: 'card' }, h('h3', {}, file.name), bar, state);
  (async () => {
    let id = null;
    try {
      const progress = (part) => {
        state.textContent = '送信しています…';
        bar.value = part;
      };
      id = await send(file, progress, (seconds) => {
        state.textContent = `受付が混み合っているため、まだ送っていません。${seconds} 秒後に自動で送り直します。このページを開いたままお待ちください。`;
      });
      bar.removeAttribute('value');
      const status = await waitForAnswer(id, (uploadState) => {
        state.textContent = `受付番号 ${id}。${uploadState === 'malware_scan' ? 'ウイルス検査をしています' : '判定しています'}…`;
      });
      bar.remove();
      state.replaceWith(answers(status, words));
      announce(`${file.name} の判定が終わりました`);
    } catch (error) {
      bar.remove();
      const sent = id ? `受付番号 ${id}。` : 'この送付物は送っていません。';
      state.replaceWith(h('p', { class: 'error', role: 'alert' }, sent + error.message));
    }
  })();
  return card;
}

/** The packets of an upload, each with its first finding. */
function answers(status, words) {
  const count = (decision) => status.packets.filter((one) => one.decision === decision).length;
  const total = (what) => status.packets.reduce((sum, one) => sum + one.ledger[what], 0);
  const closed = status.packets.every((one) => one.ledger.accounted) ? '、すべて処理済み' : '';
  const rows = status.packets.map((one) => [
    h('button', { class: 'plain', onclick: () => showNotice(one.notice_id, one.packet) }, one.packet),
    mask(one.insured_number),
    one.service_month ?? '不明',
    words.categories[one.category] ?? '—',
    one.claim?.units ?? '—',
    commissionText(one.commission, words),
    badge(one.decision, words),
    firstFinding(one),
  ]);
  return h(
    'div',
    {},
    h(
      'p',
      {},
      `受付番号 ${status.upload_id}（${time(status.received_at)}）　${total('files')}ファイル・${total('pages')}ページ・${total('rows')}行${closed}　`,
      h('button', { onclick: () => showNotice(status.upload_id, '受付票') }, '受付票'),
    ),
    table(
      `受理 ${count('accept')}　確認 ${count('review')}　返戻 ${count('return')}`,
      [
        ['提出物'],
        ['被保険者番号'],
        ['提供月'],
        ['区分'],
        ['請求単位', true],
        ['委託料'],
        ['結果'],
        ['指摘'],
      ],
      rows,
    ),
  );
}

/** What a commissioned office gets: never units that anyone claims. */
function commissionText(commission, words) {
  if (!commission) return '—';
  const { from, share, yen } = commission;
  const amount =
    yen !== null ? `${yen.toLocaleString('ja-JP')}円` : share === null ? '' : `（請求の${share}倍が目安）`;
  return `${words.payers[from] ?? from}${amount}`;
}

function firstFinding(one) {
  if (one.outcome === 'repeated') return `受付済（${time(one.received_at)}、最初の受付番号 ${one.receipt}）`;
  const finding = one.first_finding;
  if (!finding || finding.severity === 'info') return '';
  const more = one.findings > 1 ? `（ほか${one.findings - 1}件）` : '';
  return h('div', {}, `${finding.message}${more}`, h('p', { class: 'remedy' }, `→ ${finding.remedy}`));
}

const STATES = { malware_scan: 'ウイルス検査中', received: '判定中', finished: '判定済' };
/** Minutes after which an answer that is still missing is mentioned. */
const LATE_MINUTES = 10;

function stateOf({ state, received_at }) {
  const label = STATES[state] ?? state;
  const isLate = state !== 'finished' && Date.now() - Date.parse(received_at) >= LATE_MINUTES * 60_000;
  return isLate ? `${label}（時間がかかっています。続くときは受付の担当者に番号を伝えてください）` : label;
}

async function recent(words) {
  const first = await request('/uploads');
  if (first.uploads.length === 0) return h('p', { class: 'soft' }, 'まだありません。');
  const open = (id) => async (event) => {
    const card = h(
      'div',
      { class: 'card' },
      answers(await withAllPages(await request(`/uploads/${encodeURIComponent(id)}`)), words),
    );
    event.target.closest('div').before(card);
    card.scrollIntoView({ behavior: 'smooth' });
  };
  return pagedList('/uploads', first, 'uploads', (uploads) => [
    table(
      '',
      [['受付番号'], ['受付日時'], ['送付物'], ['人数', true], ['状態']],
      uploads.map((one) => [
        h('button', { class: 'plain', onclick: open(one.upload_id) }, one.upload_id),
        time(one.received_at),
        one.name,
        one.packets ?? '',
        stateOf(one),
      ]),
    ),
  ]);
}
