import { useState } from 'react';
import { Link } from 'react-router';
import {
  PACKET_STATE_NAMES,
  type PacketState,
  UPLOAD_STATE_NAMES,
} from '../../../shared/vocabulary/packet-state.ts';
import { useWords } from '../../shared/api/session.ts';
import { monthText, timeText } from '../../shared/text/dates.ts';
import { masked } from '../../shared/text/masked.ts';
import { word } from '../../shared/text/word.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { NoticeDialog } from '../notice/notice-dialog.tsx';
import { StateBadge } from '../packets/state-badge.tsx';
import { commissionText } from './commission-text.ts';
import { FirstFinding } from './first-finding.tsx';
import type { PacketOfUpload, Upload } from './upload-query.ts';

/** The packets of an upload, each with its result and its first finding. */
export function UploadAnswers({ upload }: { upload: Upload }) {
  const [letter, setLetter] = useState<{ id: string; title: string } | null>(null);
  const columns = useColumns((one) => setLetter({ id: one.notice_id, title: one.packet }));
  return (
    <>
      <p>
        受付番号 {upload.upload_id}　{stateText(upload)}
      </p>
      {upload.state === 'finished' && (
        <>
          <p>
            <Counts packets={upload.packets} />{' '}
            <Button onPress={() => setLetter({ id: upload.upload_id, title: '受付票' })}>受付票</Button>
          </p>
          <Table
            label={`${upload.name} の結果`}
            columns={columns}
            items={upload.packets}
            idOf={({ part }) => part}
          />
        </>
      )}
      {letter && <NoticeDialog {...letter} onClose={() => setLetter(null)} />}
    </>
  );
}

const stateText = ({ state, received_at }: Upload): string =>
  state === 'finished' ? `（${timeText(received_at)} 受付）` : `${word(UPLOAD_STATE_NAMES, state)}…`;

/** Totals of files, pages and rows, and of the results; both add up to the list. */
function Counts({ packets }: { packets: PacketOfUpload[] }) {
  const total = (what: 'files' | 'pages' | 'rows') => packets.reduce((sum, one) => sum + one.ledger[what], 0);
  const closed = packets.every(({ ledger }) => ledger.accounted) ? '、すべて処理済み' : '、未処理あり';
  const results = Object.entries(PACKET_STATE_NAMES).flatMap(([key, name]) => {
    const count = packets.filter((one) => stateOf(one) === key).length;
    return count > 0 ? [`${name} ${count}`] : [];
  });
  return (
    <>
      {results.join('　')}（{total('files')}ファイル・{total('pages')}ページ・{total('rows')}行{closed}）
    </>
  );
}

/** While pictures are read, the packet waits for a second decision. */
const stateOf = ({ pictures, state }: PacketOfUpload): PacketState => (pictures ? 'received' : state);

function Result({ packet }: { packet: PacketOfUpload }) {
  const { pictures } = packet;
  return (
    <>
      <StateBadge state={stateOf(packet)} />
      {pictures && (
        <p className="soft">画像を読み取り中{pictures.files > 0 && ` ${pictures.begun}/${pictures.files}`}</p>
      )}
    </>
  );
}

function useColumns(open: (packet: PacketOfUpload) => void): TableColumn<PacketOfUpload>[] {
  const words = useWords();
  return [
    {
      key: 'packet',
      title: '提出物',
      isRowHeader: true,
      cell: (one) => (
        <>
          <div>
            <Link to={`/office/packets/${one.packet_id}`}>{one.packet}</Link>
          </div>
          <Button kind="plain" onPress={() => open(one)} aria-label={`${one.packet}の通知を見る`}>
            通知を見る
          </Button>
        </>
      ),
    },
    { key: 'person', title: '被保険者番号', isShort: true, cell: (one) => masked(one.insured_number) },
    { key: 'month', title: '提供月', isShort: true, cell: (one) => monthText(one.service_month) },
    { key: 'category', title: '区分', cell: (one) => word(words.categories, one.category) },
    { key: 'units', title: '請求単位', isNumber: true, cell: (one) => one.claim?.units ?? '—' },
    { key: 'fee', title: '委託料', cell: (one) => commissionText(one.commission, words) },
    { key: 'decision', title: '結果', cell: (one) => <Result packet={one} /> },
    { key: 'finding', title: '指摘', cell: (one) => <FirstFinding packet={one} /> },
  ];
}
