import type { Desk } from '../shared/frame/desk.ts';
import { SendScreen } from './send/send-screen.tsx';
import { UploadsScreen } from './uploads/uploads-screen.tsx';

/** 事業所 */
export const office: Desk = {
  role: 'office',
  path: '/office',
  name: '事業所',
  navigation: [
    { to: '/office/send', label: '送る' },
    { to: '/office/uploads', label: '受付の一覧' },
  ],
  routes: [
    { path: 'send', element: <SendScreen /> },
    { path: 'uploads', element: <UploadsScreen /> },
  ],
};
