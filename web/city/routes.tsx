import type { Desk } from '../shared/frame/desk.ts';
import { NumbersScreen } from './numbers/numbers-screen.tsx';

/** 市 */
export const city: Desk = {
  role: 'city',
  path: '/city',
  name: '市',
  navigation: [{ to: '/city/numbers', label: '数字' }],
  routes: [{ path: 'numbers', element: <NumbersScreen /> }],
};
