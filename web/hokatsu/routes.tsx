import type { Desk } from '../shared/frame/desk.ts';
import { lazyScreen } from '../shared/frame/lazy-screen.tsx';

/** 包括 */
export const hokatsu: Desk = {
  role: 'hokatsu',
  // A city reads every 圏域 of its own, and decides where none is in charge.
  readers: ['city'],
  path: '/hokatsu',
  name: '包括',
  navigation: [
    { to: '/hokatsu/queue', label: '確認待ち' },
    { to: '/hokatsu/calendar', label: '期日' },
    { to: '/hokatsu/area', label: '圏域の利用者' },
    { to: '/hokatsu/people', label: '利用者をさがす' },
  ],
  routes: [
    { path: 'queue', element: lazyScreen(() => import('./queue/queue-screen.tsx'), 'QueueScreen') },
    { path: 'item/:id', element: lazyScreen(() => import('./item/item-screen.tsx'), 'ItemScreen') },
    {
      path: 'calendar',
      element: lazyScreen(() => import('./calendar/calendar-screen.tsx'), 'CalendarScreen'),
    },
    { path: 'area', element: lazyScreen(() => import('./area/roster-screen.tsx'), 'RosterScreen') },
    { path: 'people', element: lazyScreen(() => import('./people/search-screen.tsx'), 'PeopleScreen') },
    {
      path: 'people/:city/:person',
      element: lazyScreen(() => import('./people/person-screen.tsx'), 'PersonScreen'),
    },
    {
      path: 'documents/:packet',
      element: lazyScreen(() => import('./documents/documents-screen.tsx'), 'DocumentsScreen'),
    },
    {
      path: 'compare/:packet',
      element: lazyScreen(() => import('./documents/sides-screen.tsx'), 'SidesScreen'),
    },
  ],
};
