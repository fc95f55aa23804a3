import { Badge, type Tone } from '../../shared/ui/badge.tsx';
import { Table } from '../../shared/ui/table.tsx';
import type { EditedRule } from './replay-queries.ts';

const CHANGES: Record<EditedRule['change'], [Tone, string]> = {
  changed: ['wait', '変更'],
  added: ['good', '追加'],
  removed: ['bad', '削除'],
};

/** The rules an edited file changes. */
export function EditedTable({ rules }: { rules: Pick<EditedRule, 'rule' | 'change' | 'summary'>[] }) {
  return (
    <>
      <h2>変わる規則（{rules.length}）</h2>
      {rules.length === 0 ? (
        <p>いまの規則と同じです。見出しやことばだけを直したときは、判定は変わりません。</p>
      ) : (
        <Table
          label="変わる規則"
          items={rules}
          idOf={({ rule }) => rule}
          columns={[
            { key: 'rule', title: '規則', isRowHeader: true, isShort: true, cell: ({ rule }) => rule },
            {
              key: 'change',
              title: '変わり方',
              cell: ({ change }) => <Badge tone={CHANGES[change][0]}>{CHANGES[change][1]}</Badge>,
            },
            { key: 'summary', title: '内容', cell: ({ summary }) => summary },
          ]}
        />
      )}
    </>
  );
}
