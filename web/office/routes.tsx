import type { Desk } from '../shared/frame/desk.ts';
import { lazyScreen } from '../shared/frame/lazy-screen.tsx';

/** 事業所 */
export const office: Desk = {
  role: 'office',
  path: '/office',
  name: '事業所',
  navigation: [
    { to: '/office/send', label: '送る' },
    { to: '/office/packets', label: '提出の一覧' },
    { to: '/office/uploads', label: '受付の一覧' },
    { to: '/office/letters', label: '包括からの連絡' },
    { to: '/office/guide', label: '手引き' },
    { to: '/office/cover-sheets', label: '送付票' },
  ],
  routes: [
    { path: 'send', element: lazyScreen(() => import('./send/send-screen.tsx'), 'SendScreen') },
    { path: 'packets', element: lazyScreen(() => import('./packets/packets-screen.tsx'), 'PacketsScreen') },
    { path: 'packets/:id', element: lazyScreen(() => import('./packet/packet-screen.tsx'), 'PacketScreen') },
    { path: 'uploads', element: lazyScreen(() => import('./uploads/uploads-screen.tsx'), 'UploadsScreen') },
    { path: 'letters', element: lazyScreen(() => import('./letters/letters-screen.tsx'), 'LettersScreen') },
    { path: 'guide', element: lazyScreen(() => import('./guide/guide-screen.tsx'), 'GuideScreen') },
    { path: 'cover-sheets', element: lazyScreen(() => import('./cover/cover-screen.tsx'), 'CoverScreen') },
  ],
};
