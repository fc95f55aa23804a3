import { city } from './city.js';
import { aboutDesk } from './desk.js';
import { byId, h } from './dom.js';
import { hokatsu } from './hokatsu.js';
import { office } from './office.js';
import { signIn } from './sign-in.js';

/** The pages by the first part of the hash. */
const PAGES = { office, hokatsu, city };

async function show() {
  const main = byId('main');
  const [name] = location.hash.slice(1).split('/');
  const page = PAGES[name] ? name : 'office';
  for (const link of document.querySelectorAll('header nav a'))
    if (link.getAttribute('href') === `#${page}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  try {
    const about = await aboutDesk();
    await signIn(about);
    byId('who').textContent = about.auth === 'local' ? 'この機械の操作者' : '';
    main.replaceChildren(await PAGES[page](about.words));
  } catch (error) {
    main.replaceChildren(h('p', { class: 'error', role: 'alert' }, error.message));
  }
}

addEventListener('hashchange', show);
show();
