import type { Desk } from '../shared/frame/desk.ts';
import { CoverScreen } from './cover/cover-screen.tsx';
import { GuideScreen } from './guide/guide-screen.tsx';
import { PacketScreen } from './packet/packet-screen.tsx';
import { PacketsScreen } from './packets/packets-screen.tsx';
import { SendScreen } from './send/send-screen.tsx';
import { UploadsScreen } from './uploads/uploads-screen.tsx';

/** 事業所 */
export const office: Desk = {
  role: 'office',
  path: '/office',
  name: '事業所',
  navigation: [
    { to: '/office/send', label: '送る' },
    { to: '/office/packets', label: '提出の一覧' },
    { to: '/office/uploads', label: '受付の一覧' },
    { to: '/office/guide', label: '手引き' },
    { to: '/office/cover-sheets', label: '送付票' },
  ],
  routes: [
    { path: 'send', element: <SendScreen /> },
    { path: 'packets', element: <PacketsScreen /> },
    { path: 'packets/:id', element: <PacketScreen /> },
    { path: 'uploads', element: <UploadsScreen /> },
    { path: 'guide', element: <GuideScreen /> },
    { path: 'cover-sheets', element: <CoverScreen /> },
  ],
};
