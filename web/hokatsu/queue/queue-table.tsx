import { useWords, type Words } from '../../shared/api/session.ts';
import { daysLeft, daysLeftText, dayText, monthText } from '../../shared/text/dates.ts';
import { masked } from '../../shared/text/masked.ts';
import { word } from '../../shared/text/word.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import type { QueueItem } from './queue-query.ts';

const WHY: Record<QueueItem['why'], string> = { review: '確認', involvement: '関与', overdue: '未着' };

interface Props {
  items: QueueItem[];
  onOpen: (item: QueueItem) => void;
}

export function QueueTable({ items, onOpen }: Props) {
  return (
    <Table
      label="確認待ちの一覧"
      columns={columns(useWords(), onOpen)}
      items={items}
      idOf={({ packet_id }) => packet_id}
      empty={<Empty>この圏域で待っているものはありません。</Empty>}
    />
  );
}

const columns = (words: Words, onOpen: Props['onOpen']): TableColumn<QueueItem>[] => [
  { key: 'due', title: '期限', isShort: true, cell: (item) => <Due date={item.due_date} /> },
  {
    key: 'person',
    title: '利用者',
    isRowHeader: true,
    cell: (item) => (
      <Button kind="plain" onPress={() => onOpen(item)}>
        {item.name ?? '氏名不明'}（{masked(item.insured_number)}）
      </Button>
    ),
  },
  { key: 'month', title: '提供月', isShort: true, cell: (item) => monthText(item.month) },
  { key: 'event', title: '届出の種別', cell: (item) => word(words.events, item.event) },
  { key: 'category', title: '区分', cell: (item) => word(words.categories, item.category) },
  { key: 'why', title: '理由', isShort: true, cell: (item) => WHY[item.why] },
  { key: 'findings', title: '指摘', isNumber: true, cell: (item) => item.findings_total },
];

function Due({ date }: { date: string }) {
  const days = daysLeft(date);
  return (
    <>
      {dayText(date)} <Badge tone={days < 0 ? 'bad' : days < 4 ? 'wait' : 'soft'}>{daysLeftText(date)}</Badge>
    </>
  );
}
