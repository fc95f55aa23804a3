import { useState } from 'react';
import { useWords, type Words } from '../../shared/api/session.ts';
import { daysLeft, daysLeftText, dayText, monthText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { PersonLink } from '../../shared/ui/person-link.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { leaveQueue, leftItem, returnToQueue } from './queue-place.ts';
import type { QueueItem } from './queue-query.ts';

interface Props {
  /** what the address asks for */
  search: string;
  items: QueueItem[];
  /** the caller, to name its own items */
  me: string;
  /** ISO date */
  today: string;
}

export function QueueTable({ search, items, me, today }: Props) {
  // Once, as it is opened: drawn again while an item opens, it would take this for the return.
  const [startAt] = useState(() => leftItem(search, items));
  return (
    <Table
      label="確認待ちの一覧"
      columns={columns(useWords(), me, today, (item) => leaveQueue(search, items, item))}
      startAt={startAt}
      onStart={returnToQueue}
      items={items}
      idOf={({ packet_id }) => packet_id}
      empty={
        <Empty>ここで待っているものはありません。上の条件を「すべて」に戻すと、ほかのものが出ます。</Empty>
      }
    />
  );
}

const columns = (
  words: Words,
  me: string,
  today: string,
  onOpen: (item: QueueItem) => void,
): TableColumn<QueueItem>[] => [
  { key: 'due', title: '期限', isShort: true, cell: (item) => <Due item={item} today={today} /> },
  {
    key: 'person',
    title: '利用者',
    isRowHeader: true,
    cell: (item) => (
      <PersonLink to={`/hokatsu/item/${item.packet_id}`} onOpen={() => onOpen(item)} {...item} />
    ),
  },
  { key: 'kind', title: '種類', isShort: true, cell: (item) => word(words.reviewKinds, item.kind) },
  { key: 'month', title: '提供月', isShort: true, cell: (item) => monthText(item.month) },
  { key: 'event', title: '提出の理由', cell: (item) => word(words.events, item.event) },
  { key: 'headline', title: '確かめること', cell: (item) => <Headline item={item} /> },
  { key: 'office', title: '事業所', isShort: true, cell: (item) => item.office },
  { key: 'holder', title: '担当', isShort: true, cell: (item) => holderText(item, me) },
];

/** Days left; overdue in red and in words. What waits for a paper has no day. */
export function Due({ item, today }: { item: Pick<QueueItem, 'due_date' | 'waits_for'>; today: string }) {
  if (item.waits_for) return <Badge tone="soft">書類待ち</Badge>;
  const days = daysLeft(item.due_date, today);
  return (
    <>
      {dayText(item.due_date)}{' '}
      <Badge tone={days < 0 ? 'bad' : days < 4 ? 'wait' : 'soft'}>{daysLeftText(item.due_date, today)}</Badge>
    </>
  );
}

function Headline({ item }: { item: QueueItem }) {
  const more = item.findings_total > 1 ? `（ほか${item.findings_total - 1}件）` : '';
  if (item.waits_for) return <>「{item.waits_for}」を待っています</>;
  return (
    <>
      {item.headline}
      {more}
      {item.set_aside && <span className="soft">　保留: {dayText(item.set_aside.until)}まで</span>}
    </>
  );
}

function holderText({ holder }: QueueItem, me: string): string {
  if (!holder || holder.until <= new Date().toISOString()) return '—';
  return holder.by === me ? '自分' : (holder.by_name ?? 'ほかの担当者');
}
