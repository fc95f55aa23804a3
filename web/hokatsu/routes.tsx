import type { Desk } from '../shared/frame/desk.ts';
import { QueueScreen } from './queue/queue-screen.tsx';

/** 包括 */
export const hokatsu: Desk = {
  role: 'hokatsu',
  path: '/hokatsu',
  name: '包括',
  navigation: [{ to: '/hokatsu/queue', label: '確認待ち' }],
  routes: [{ path: 'queue', element: <QueueScreen /> }],
};
