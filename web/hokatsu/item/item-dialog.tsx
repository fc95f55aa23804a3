import { useState } from 'react';
import { NoticeDialog } from '../../office/notice/notice-dialog.tsx';
import { useWords } from '../../shared/api/session.ts';
import { Citation } from '../../shared/findings/citation.tsx';
import { Findings } from '../../shared/findings/findings.tsx';
import { dayText, monthText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Button } from '../../shared/ui/button.tsx';
import { DecisionBadge } from '../../shared/ui/decision-badge.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import type { QueueItem } from '../queue/queue-query.ts';

/** One item of the queue: findings, what a person checks, documents. */
export function ItemDialog({ item, onClose }: { item: QueueItem; onClose: () => void }) {
  const [isNoticeOpen, setNoticeOpen] = useState(false);
  const title = `${item.name ?? '氏名不明'}　${monthText(item.month)}`;
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <p>
        <DecisionBadge decision={item.decision} />
        　期限 {dayText(item.due_date)}　{item.reason}{' '}
        <Button onPress={() => setNoticeOpen(true)}>事業所への通知</Button>
      </p>
      <h3>指摘</h3>
      <Findings findings={item.findings} />
      {item.findings_total > item.findings.length && (
        <p className="soft">ほかに {item.findings_total - item.findings.length}件あります。</p>
      )}
      <Checklist checklist={item.checklist} />
      <h3>書類</h3>
      <Documents documents={item.documents} />
      {isNoticeOpen && (
        <NoticeDialog
          id={item.about_packet ?? item.packet_id}
          title={item.packet}
          onClose={() => setNoticeOpen(false)}
        />
      )}
    </Dialog>
  );
}

function Checklist({ checklist }: Pick<QueueItem, 'checklist'>) {
  if (checklist.length === 0) return null;
  return (
    <>
      <h3>人が確かめること</h3>
      <ul>
        {checklist.map((one) => (
          <li key={`${one.rule} ${one.question}`}>
            {one.question}
            <p className="soft">
              <Citation citation={one.citation} rules={[one.rule]} />
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

type DocumentLine = QueueItem['documents'][number];
const READ_BY: Record<string, string> = { csv: 'CSV', text: '文字', ocr: '画像から', none: '目視が必要' };

function Documents({ documents }: Pick<QueueItem, 'documents'>) {
  const words = useWords();
  const columns: TableColumn<DocumentLine>[] = [
    {
      key: 'kind',
      title: '書類',
      isRowHeader: true,
      cell: (one) => word(words.documents, one.kind, one.title ?? '種類の分からない書類'),
    },
    { key: 'file', title: 'ファイル', cell: (one) => one.file },
    { key: 'pages', title: 'ページ', isNumber: true, cell: (one) => one.pages || '' },
    { key: 'read', title: '読み取り', cell: (one) => word(READ_BY, one.read_by) },
  ];
  const idOf = (one: DocumentLine): string => `${one.file} ${one.kind} ${one.pages}`;
  return <Table label="書類" columns={columns} items={documents} idOf={idOf} />;
}
