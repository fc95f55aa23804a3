import { city } from './city.js';
import { aboutDesk } from './desk.js';
import { h } from './dom.js';
import { hokatsu } from './hokatsu.js';
import { office } from './office.js';
import { signIn } from './sign-in.js';

/** Three desks behind one door: the address says which. */
const DESKS = { office, hokatsu, city };

async function show() {
  const main = document.getElementById('main');
  const [name] = location.hash.slice(1).split('/');
  const desk = DESKS[name] ? name : 'office';
  for (const link of document.querySelectorAll('header nav a'))
    if (link.hash === `#${desk}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  try {
    const about = await aboutDesk();
    await signIn(about);
    document.getElementById('who').textContent = about.auth === 'local' ? 'この機械の操作者' : '';
    main.replaceChildren(await DESKS[desk](about.words));
  } catch (error) {
    main.replaceChildren(h('p', { class: 'error', role: 'alert' }, error.message));
  }
}

addEventListener('hashchange', show);
show();
