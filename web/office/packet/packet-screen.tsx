import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { isLost } from '../../../shared/findings/is-lost.ts';
import { packetState } from '../../../shared/vocabulary/packet-state.ts';
import { api } from '../../shared/api/api.ts';
import { useWords } from '../../shared/api/session.ts';
import { Findings } from '../../shared/findings/findings.tsx';
import { Screen } from '../../shared/frame/screen.tsx';
import { dayText, monthText, timeText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { SaveButton } from '../../shared/ui/save-button.tsx';
import { NoticeDialog } from '../notice/notice-dialog.tsx';
import { StateBadge } from '../packets/state-badge.tsx';
import { AddFilesDialog } from './add-files-dialog.tsx';
import { CoverDialog } from './cover-dialog.tsx';
import { Documents } from './documents.tsx';
import { type Packet, packetQuery } from './packet-query.ts';
import { useOpenPlace } from './use-open-place.ts';
import { Versions } from './versions.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** One packet of the office: its result, what has to be fixed, its documents and versions, and what can be done. */
export function PacketScreen() {
  const { id = '' } = useParams();
  const query = useQuery(packetQuery(id));
  return <Loaded query={query}>{(packet) => <PacketPage id={id} packet={packet} />}</Loaded>;
}

function PacketPage({ id, packet }: { id: string; packet: Packet }) {
  const { verdict } = packet;
  const openPlace = useOpenPlace(id);
  return (
    <Screen
      title={verdict.packet}
      about={verdict.service_month ? monthText(verdict.service_month) : undefined}
      actions={<Actions id={id} packet={packet} />}
    >
      <Summary packet={packet} />
      <section aria-label="指摘">
        <h2>{headingOf(verdict)}</h2>
        <Findings findings={verdict.findings} onOpen={openPlace} />
      </section>
      <Documents id={id} packet={packet} />
      <Versions id={id} packet={packet} />
    </Screen>
  );
}

function headingOf(verdict: Packet['verdict']): string {
  if (isLost(verdict)) return 'もう一度送ってください';
  const isAsked = verdict.findings.some(({ severity }) => severity !== 'info');
  return isAsked ? '直すこと・確認されること' : '指摘はありません';
}

type Open = 'notice' | 'add' | 'cover' | 'withdraw' | null;

function Actions({ id, packet }: { id: string; packet: Packet }) {
  const [open, setOpen] = useState<Open>(null);
  const state = stateOf(packet);
  const close = () => setOpen(null);
  const isCurrent = packet.versions.at(-1)?.packet_id === id || packet.versions.length === 0;
  const mayAdd = isCurrent && state !== 'withdrawn' && !isLost(packet.verdict);
  return (
    <>
      {mayAdd && (
        <>
          <Button kind={state === 'returned' ? 'main' : 'normal'} onPress={() => setOpen('add')}>
            書類を追加・差し替える
          </Button>
          <Button onPress={() => setOpen('cover')}>送付票に書き足す</Button>
        </>
      )}
      {isCurrent && state !== 'withdrawn' && (
        <Button kind="danger" onPress={() => setOpen('withdraw')}>
          取り下げる
        </Button>
      )}
      {mayAdd && state === 'returned' && (
        <SaveButton request={() => api.packets[':id'].correction.$get({ param: { id } })}>
          補正セット（ZIP）
        </SaveButton>
      )}
      <Button onPress={() => setOpen('notice')}>通知を見る</Button>
      <SaveButton request={() => api.notices[':id'].$get({ param: { id }, query: { format: 'pdf' } })}>
        通知のPDF
      </SaveButton>
      <SaveButton request={() => api.notices[':id'].$get({ param: { id }, query: { format: 'csv' } })}>
        指摘のCSV
      </SaveButton>
      {open === 'notice' && <NoticeDialog id={id} title={packet.verdict.packet} onClose={close} />}
      {open === 'add' && <AddFilesDialog id={id} packet={packet} onClose={close} />}
      {open === 'cover' && <CoverDialog id={id} packet={packet} onClose={close} />}
      {open === 'withdraw' && <WithdrawDialog id={id} onClose={close} />}
    </>
  );
}

const stateOf = ({ verdict, review, withdrawn_at }: Packet) =>
  packetState({ decision: verdict.decision, withdrawn_at: withdrawn_at ?? undefined }, review);

function Summary({ packet }: { packet: Packet }) {
  const { verdict, review } = packet;
  const words = useWords();
  const first = packet.versions.find(({ state }) => state !== 'withdrawn');
  const rows: [string, React.ReactNode][] = [
    ['結果', <StateBadge key="state" state={stateOf(packet)} />],
    ['利用者', [verdict.insured_number, verdict.name].filter(Boolean).join('　') || '特定できません'],
    ['提供月', monthText(verdict.service_month)],
    ['提出の理由', word(words.events, verdict.event)],
    ['区分', word(words.categories, verdict.category)],
    ['受付', `${packet.upload_id}（${timeText(packet.received_at)}）`],
    ...(first && first.upload_id !== packet.upload_id
      ? [['最初の受付', `${first.upload_id}（${timeText(first.received_at)}）`] as [string, string]]
      : []),
    ...(packet.review_due ? [['確認の予定日', dayText(packet.review_due)] as [string, string]] : []),
    ...(packet.withdrawal && !packet.withdrawn_at
      ? [['取下げの申出', withdrawalText(packet.withdrawal)] as [string, string]]
      : []),
    ...(review
      ? [['確認の結果', `${word(words.reviews, review.decision)} ${review.reason ?? ''}`] as [string, string]]
      : []),
  ];
  return (
    <dl className="facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const withdrawalText = ({ at, reason, refused }: NonNullable<Packet['withdrawal']>): string =>
  refused
    ? `認められませんでした（${timeText(refused.at)}）。理由：${refused.reason ?? ''}`
    : `${timeText(at)} に申し出ました。担当の地域包括支援センターの返事を待っています。理由：${reason ?? ''}`;
