import type { Desk } from '../shared/frame/desk.ts';
import { lazyScreen } from '../shared/frame/lazy-screen.tsx';

/** 運用 */
export const operator: Desk = {
  role: 'operator',
  path: '/operator',
  name: '運用',
  navigation: [
    { to: '/operator/health', label: '状態' },
    { to: '/operator/dead-letters', label: '退避' },
    { to: '/operator/registries', label: '登録簿' },
  ],
  routes: [
    { path: 'health', element: lazyScreen(() => import('./health/health-screens.tsx'), 'HealthScreen') },
    {
      path: 'health/uploads',
      element: lazyScreen(() => import('./health/health-screens.tsx'), 'UploadsScreen'),
    },
    {
      path: 'dead-letters',
      element: lazyScreen(() => import('./dead-letters/dead-letters-screen.tsx'), 'DeadLettersScreen'),
    },
    {
      path: 'registries',
      element: lazyScreen(() => import('./registries/registries-screen.tsx'), 'RegistriesScreen'),
    },
  ],
};
