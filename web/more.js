import { request } from './desk.js';
import { announce, h } from './dom.js';

/**
 * A list that comes in pages: what `show` makes of all items so far, and a button for the next page while one follows.
 * @param {string} path the request of the first page
 * @param {any} first its answer
 * @param {string} key the list in an answer
 * @param {(items: any[], hasMore: boolean) => Node[]} show
 */
export function pagedList(path, first, key, show) {
  const joint = path.includes('?') ? '&' : '?';
  const items = [...first[key]];
  let { next } = first;
  const holder = h('div');
  const button = h('button', {}, 'さらに表示');
  const render = () => holder.replaceChildren(...show(items, Boolean(next)), ...(next ? [button] : []));
  button.addEventListener('click', async () => {
    const page = await request(`${path}${joint}after=${encodeURIComponent(next)}`).catch((error) => {
      announce(error.message);
      return null;
    });
    if (!page) return;
    items.push(...page[key]);
    next = page.next;
    render();
  });
  render();
  return holder;
}
