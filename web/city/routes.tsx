import type { Desk } from '../shared/frame/desk.ts';
import { ListScreen } from './numbers/list-screen.tsx';
import { NumbersScreen } from './numbers/numbers-screen.tsx';
import { RegistryScreen } from './registry/registry-screen.tsx';
import { RulesScreen } from './rules/rules-screen.tsx';
import { WaiversScreen } from './waivers/waivers-screen.tsx';

/** 市 */
export const city: Desk = {
  role: 'city',
  path: '/city',
  name: '市',
  navigation: [
    { to: '/city/numbers', label: '数字' },
    { to: '/city/rules', label: '規則' },
    { to: '/city/waivers', label: '免除' },
    { to: '/city/registry', label: '登録簿' },
  ],
  routes: [
    { path: 'numbers', element: <NumbersScreen /> },
    { path: 'numbers/list', element: <ListScreen /> },
    { path: 'rules', element: <RulesScreen /> },
    { path: 'waivers', element: <WaiversScreen /> },
    { path: 'registry', element: <RegistryScreen /> },
  ],
};
