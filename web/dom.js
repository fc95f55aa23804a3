/** h('p', { class: 'soft' }, 'text', node, …): creates an element. Text is never parsed as markup. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** The same for an SVG element. */
export function s(tag, attributes = {}, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children.flat());
  return node;
}

/** A table. `columns`: [title, isNumber]. `rows`: lists of cells. */
export function table(caption, columns, rows) {
  // A number or a month must not wrap.
  const isShort = (cell) => typeof cell === 'string' && cell.length <= 12;
  const kind = (n, cell) => (columns[n][1] ? { class: 'number' } : isShort(cell) ? { class: 'short' } : {});
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      {},
      h('caption', {}, caption),
      h(
        'thead',
        {},
        h('tr', {}, ...columns.map(([title], n) => h('th', { scope: 'col', ...kind(n) }, title))),
      ),
      h(
        'tbody',
        {},
        ...rows.map((cells) => h('tr', {}, ...cells.map((cell, n) => h('td', kind(n, cell), cell ?? '')))),
      ),
    ),
  );
}

/** A labelled select. `options`: [value, label]. */
export function choice(label, options, chosen, onchange) {
  const select = h(
    'select',
    { onchange: (event) => onchange(event.target.value) },
    ...options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)),
  );
  return h('label', {}, label, select);
}

/** An element of index.html. */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}

/** Announces a change to screen readers. */
export const announce = (text) => {
  byId('say').textContent = text;
};

/** Opens the dialog with a title and contents. The browser restores the focus when it closes. */
export function showDetail(title, ...contents) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('detail'));
  const close = h('button', { onclick: () => dialog.close() }, '閉じる');
  dialog.replaceChildren(
    h('div', { class: 'bar' }, h('h2', { id: 'detail-title' }, title), close),
    ...contents.filter(Boolean),
  );
  dialog.showModal();
}

export const mask = (number) =>
  number ? '*'.repeat(Math.max(0, number.length - 4)) + number.slice(-4) : '不明';

/** An ISO time in Japan's time zone. */
export const time = (iso) =>
  iso
    ? new Date(iso).toLocaleString('ja-JP', {
        timeZone: 'Asia/Tokyo',
        dateStyle: 'short',
        timeStyle: 'short',
      })
    : '';
