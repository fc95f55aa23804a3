import { Link } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { monthText, timeText } from '../../shared/text/dates.ts';
import { masked } from '../../shared/text/masked.ts';
import { word } from '../../shared/text/word.ts';
import { Empty } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { FirstFinding } from '../uploads/first-finding.tsx';
import type { OwnPacket } from './packets-query.ts';
import { StateBadge } from './state-badge.tsx';

/** Packets with state and what has to be fixed first; each name opens its page. */
export function PacketTable({ packets, isFiltered }: { packets: OwnPacket[]; isFiltered: boolean }) {
  const columns = useColumns();
  return (
    <Table
      label="提出の一覧"
      columns={columns}
      items={packets}
      idOf={({ upload_id, part }) => `${upload_id} ${part}`}
      empty={<Empty>{isFiltered ? '条件に合うものはありません。' : 'まだ何も送られていません。'}</Empty>}
    />
  );
}

function useColumns(): TableColumn<OwnPacket>[] {
  const words = useWords();
  return [
    {
      key: 'packet',
      title: '提出物',
      isRowHeader: true,
      cell: (one) => <Link to={`/office/packets/${one.packet_id}`}>{one.packet}</Link>,
    },
    { key: 'person', title: '被保険者番号', isShort: true, cell: (one) => masked(one.insured_number) },
    { key: 'month', title: '提供月', isShort: true, cell: (one) => monthText(one.service_month) },
    { key: 'category', title: '区分', cell: (one) => word(words.categories, one.category) },
    { key: 'state', title: '結果', cell: (one) => <StateBadge state={one.state} /> },
    { key: 'finding', title: '指摘', cell: (one) => <FirstFinding packet={one} /> },
    { key: 'received', title: '受付日時', isShort: true, cell: (one) => timeText(one.received_at) },
  ];
}
