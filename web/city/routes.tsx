import type { Desk } from '../shared/frame/desk.ts';
import { lazyScreen } from '../shared/frame/lazy-screen.tsx';

/** 市 */
export const city: Desk = {
  role: 'city',
  path: '/city',
  name: '市',
  navigation: [
    { to: '/city/numbers', label: '数字' },
    { to: '/city/rules', label: '規則' },
    { to: '/city/replay', label: '規則の試し' },
    { to: '/city/waivers', label: '免除' },
    { to: '/city/registry', label: '登録簿' },
    { to: '/city/health', label: '状態' },
  ],
  routes: [
    { path: 'numbers', element: lazyScreen(() => import('./numbers/numbers-screen.tsx'), 'NumbersScreen') },
    { path: 'numbers/list', element: lazyScreen(() => import('./numbers/list-screen.tsx'), 'ListScreen') },
    { path: 'rules', element: lazyScreen(() => import('./rules/rules-screen.tsx'), 'RulesScreen') },
    { path: 'replay', element: lazyScreen(() => import('./replay/replay-screen.tsx'), 'ReplayScreen') },
    { path: 'replay/:id', element: lazyScreen(() => import('./replay/result-screen.tsx'), 'ResultScreen') },
    { path: 'health', element: lazyScreen(() => import('./health/health-screens.tsx'), 'HealthScreen') },
    {
      path: 'health/uploads',
      element: lazyScreen(() => import('./health/health-screens.tsx'), 'UploadsScreen'),
    },
    { path: 'waivers', element: lazyScreen(() => import('./waivers/waivers-screen.tsx'), 'WaiversScreen') },
    {
      path: 'registry',
      element: lazyScreen(() => import('./registry/registry-screen.tsx'), 'RegistryScreen'),
    },
  ],
};
