import type { Desk } from '../shared/frame/desk.ts';
import { lazyScreen } from '../shared/frame/lazy-screen.tsx';

/** 運用 */
export const operator: Desk = {
  role: 'operator',
  path: '/operator',
  name: '運用',
  navigation: [{ to: '/operator/registries', label: '登録簿' }],
  routes: [
    {
      path: 'registries',
      element: lazyScreen(() => import('./registries/registries-screen.tsx'), 'RegistriesScreen'),
    },
  ],
};
