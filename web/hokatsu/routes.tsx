import { lazy } from 'react';
import type { Desk } from '../shared/frame/desk.ts';
import { RosterScreen } from './area/roster-screen.tsx';
import { ItemScreen } from './item/item-screen.tsx';
import { PersonScreen } from './people/person-screen.tsx';
import { PeopleScreen } from './people/search-screen.tsx';
import { QueueScreen } from './queue/queue-screen.tsx';

const DocumentsScreen = lazy(() =>
  import('./documents/documents-screen.tsx').then((screen) => ({ default: screen.DocumentsScreen })),
);
const SidesScreen = lazy(() =>
  import('./documents/sides-screen.tsx').then((screen) => ({ default: screen.SidesScreen })),
);

/** 包括 */
export const hokatsu: Desk = {
  role: 'hokatsu',
  path: '/hokatsu',
  name: '包括',
  navigation: [
    { to: '/hokatsu/queue', label: '確認待ち' },
    { to: '/hokatsu/area', label: '圏域の利用者' },
    { to: '/hokatsu/people', label: '利用者をさがす' },
  ],
  routes: [
    { path: 'queue', element: <QueueScreen /> },
    { path: 'item/:id', element: <ItemScreen /> },
    { path: 'area', element: <RosterScreen /> },
    { path: 'people', element: <PeopleScreen /> },
    { path: 'people/:city/:person', element: <PersonScreen /> },
    { path: 'documents/:packet', element: <DocumentsScreen /> },
    { path: 'compare/:packet', element: <SidesScreen /> },
  ],
};
