import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Screen } from '../../shared/frame/screen.tsx';
import { timeText } from '../../shared/text/dates.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Empty, Failed } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { say } from '../../shared/ui/toasts.tsx';
import { type DeadLetter, deadLettersQuery, redrive } from './dead-letters-queries.ts';

/** 退避: messages that failed again and again, with the reason; one, a stage, or all go back to their queue. */
export function DeadLettersScreen() {
  const query = useQuery(deadLettersQuery);
  const queries = useQueryClient();
  const moving = useMutation({
    mutationFn: redrive,
    onSuccess: async ({ moved }) => {
      const count = Object.values(moved).reduce((sum, one) => sum + one, 0);
      say(count === 0 ? '戻すものはもうありませんでした。' : `${count}件を待ち行列に戻しました。`);
      await queries.invalidateQueries({ queryKey: ['dead-letters'] });
      await queries.invalidateQueries({ queryKey: ['health'] });
    },
  });
  return (
    <Screen
      title="退避したもの"
      actions={
        <Button isDisabled={query.isFetching} onPress={() => void query.refetch()}>
          読み直す
        </Button>
      }
    >
      <p>
        繰り返し失敗した処理は、失われないようにここに退避します。原因を取り除いてから戻すと、続きから処理します。同じものを二度戻しても、二重に処理されることはありません。
      </p>
      {moving.error && <Failed error={moving.error} />}
      <Loaded query={query}>
        {({ total, reasons, letters }) => (
          <>
            {reasons.length > 0 && (
              <>
                <h2>理由ごと（{total}件）</h2>
                <Table
                  label="理由ごとの退避"
                  items={reasons}
                  idOf={({ stage, reason }) => `${stage} ${reason}`}
                  columns={[
                    { key: 'name', title: '段階', isRowHeader: true, cell: ({ name }) => name },
                    { key: 'reason', title: '理由', cell: ({ reason }) => reason ?? '記録なし' },
                    { key: 'count', title: '件数', isNumber: true, cell: ({ count }) => count },
                    {
                      key: 'move',
                      title: '操作',
                      cell: ({ stage, name }) => (
                        <Button isDisabled={moving.isPending} onPress={() => moving.mutate(stage)}>
                          {name}の段階をすべて戻す
                        </Button>
                      ),
                    },
                  ]}
                />
                <p>
                  <Button kind="main" isDisabled={moving.isPending} onPress={() => moving.mutate('all')}>
                    すべて戻す
                  </Button>
                </p>
              </>
            )}
            <h2>一件ずつ</h2>
            {letters.length < total && (
              <p>
                ほかに {total - letters.length}件あります（一つの段階につき先頭の100件までを示しています）。
              </p>
            )}
            <Table
              label="退避したもの"
              columns={columnsOf(moving.isPending, (id) => moving.mutate(id))}
              items={letters}
              idOf={({ message_id }) => message_id}
              empty={<Empty>退避したものはありません。</Empty>}
            />
          </>
        )}
      </Loaded>
    </Screen>
  );
}

const columnsOf = (isMoving: boolean, onMove: (id: string) => void): TableColumn<DeadLetter>[] => [
  { key: 'subject', title: '受付番号・案件', isRowHeader: true, cell: ({ subject }) => subject },
  { key: 'name', title: '段階', cell: ({ name }) => name },
  { key: 'sent', title: '送られた日時', cell: ({ sent_at }) => timeText(sent_at) },
  { key: 'reason', title: '失敗の理由', cell: ({ reason }) => reason ?? '記録なし' },
  { key: 'tries', title: '回数', isNumber: true, cell: ({ tries }) => tries ?? '—' },
  {
    key: 'move',
    title: '操作',
    cell: ({ message_id, subject }) => (
      <Button aria-label={`${subject} を戻す`} isDisabled={isMoving} onPress={() => onMove(message_id)}>
        戻す
      </Button>
    ),
  },
];
