import { useWords } from '../../shared/api/session.ts';
import { word } from '../../shared/text/word.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import type { Packet } from './packet-query.ts';
import { useOpenPlace } from './use-open-place.ts';

type Document = Packet['verdict']['documents'][number];

const READ_BY: Record<string, string> = {
  csv: 'CSV',
  text: '文字',
  ocr: '画像から読み取り',
  none: '自動では読み取れていません',
};

/** What was received, as what it was read, and what is still missing. */
export function Documents({ id, packet: { verdict } }: { id: string; packet: Packet }) {
  const words = useWords();
  const open = useOpenPlace(id);
  const columns: TableColumn<Document>[] = [
    {
      key: 'title',
      title: '書類',
      isRowHeader: true,
      cell: (one) => (one.kind ? word(words.documents, one.kind) : (one.title ?? '種類の分からない書類')),
    },
    {
      key: 'file',
      title: 'ファイル',
      cell: (one) => (
        <Button kind="plain" onPress={() => open({ file: one.file })}>
          {baseName(one.file)}
        </Button>
      ),
    },
    { key: 'read', title: '読み取り', cell: (one) => word(READ_BY, one.read_by) },
  ];
  return (
    <section aria-label="書類">
      <h2>受け取った書類</h2>
      {verdict.missing_documents.length > 0 && (
        <p>
          <strong>足りない書類：</strong>
          {verdict.missing_documents.map((key) => word(words.documents, key)).join('、')}
        </p>
      )}
      <Table
        label="受け取った書類"
        columns={columns}
        items={verdict.documents}
        idOf={(one) => `${one.file} ${one.kind} ${one.title}`}
        empty={<p>読み取れた書類はありません。</p>}
      />
    </section>
  );
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
