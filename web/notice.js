import { request } from './desk.js';
import { h, showDetail } from './dom.js';

/** The notice of a packet or the receipt of an upload: the same text as the office gets, to read, print and save. */
export async function showNotice(id, title) {
  try {
    const { text } = await request(`/notices/${encodeURIComponent(id)}`);
    const file = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/plain;charset=utf-8' }));
    showDetail(
      title,
      h('p', {}, h('a', { href: file, download: `${id}.txt` }, 'テキストで保存する')),
      h('pre', {}, text),
    );
  } catch (error) {
    showDetail(title, h('p', { class: 'error' }, error.message));
  }
}

export const badge = (decision, words) =>
  h('span', { class: `badge ${decision}` }, words.decisions[decision] ?? decision);

/** Where a finding points to: file, page, row. */
export function place({ file, page, row, column_name }) {
  return [file, page && `${page}ページ`, row && `${row}行目`, column_name].filter(Boolean).join(' ');
}
