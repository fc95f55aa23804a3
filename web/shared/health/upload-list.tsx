import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { timeText } from '../text/dates.ts';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Empty } from '../ui/states.tsx';
import { Table, type TableColumn } from '../ui/table.tsx';
import { say } from '../ui/toasts.tsx';
import { GiveUpDialog } from './give-up-dialog.tsx';
import {
  type HealthAsked,
  type ListedUpload,
  mayGiveUp,
  retryUpload,
  uploadsQuery,
} from './health-queries.ts';

interface Props {
  asked: HealthAsked;
  state: string;
  /** the operator opens an upload and restarts what is late */
  mayRetry?: boolean;
}

/** The uploads behind a number of the health. */
export function UploadList({ asked, state, mayRetry = false }: Props) {
  const queries = useQueryClient();
  const [givenUp, setGivenUp] = useState<string | null>(null);
  const [ending, setEnding] = useState<ReadonlySet<string>>(new Set());
  const retrying = useMutation({
    mutationFn: retryUpload,
    onSuccess: async ({ upload_id }) => {
      await queries.invalidateQueries({ queryKey: ['health-uploads'] });
      say(`${upload_id} の手順をやり直しています。`);
    },
    onError: (error) => say(error.message),
  });
  return (
    <Loaded query={useQuery(uploadsQuery(asked, state, ending))}>
      {({ uploads, total, stage_name }) => (
        <>
          {stage_name && (
            <p>「{stage_name}」で待つものは、次の受付のどれかのものです。終わると一覧から消えます。</p>
          )}
          <p>
            {total.toLocaleString('ja-JP')}件
            {uploads.length < total && `（古いものから${uploads.length}件を表示。すべてはCSVで保存できます）`}
          </p>
          <Table
            label="受付の一覧"
            columns={columnsOf(mayRetry, {
              ending,
              onRetry: (id) => retrying.mutate(id),
              onGiveUp: setGivenUp,
            })}
            items={uploads}
            idOf={({ upload_id }) => upload_id}
            empty={<Empty>当てはまる受付はありません。</Empty>}
          />
          {givenUp && (
            <GiveUpDialog
              id={givenUp}
              onClose={() => setGivenUp(null)}
              onAsked={() => setEnding(new Set([...ending, givenUp]))}
            />
          )}
        </>
      )}
    </Loaded>
  );
}

interface Acts {
  /** those the desk was asked to end */
  ending: ReadonlySet<string>;
  onRetry: (id: string) => void;
  onGiveUp: (id: string) => void;
}

function columnsOf(mayRetry: boolean, acts: Acts): TableColumn<ListedUpload>[] {
  return [
    {
      key: 'id',
      title: '受付番号',
      isRowHeader: true,
      isShort: true,
      cell: ({ upload_id, state }) =>
        mayRetry && state !== 'announced' && state !== 'never_came' ? (
          <Link to={`/office/uploads?open=${upload_id}`}>{upload_id}</Link>
        ) : (
          upload_id
        ),
    },
    {
      key: 'office',
      title: '送った事業所',
      isShort: true,
      cell: ({ office }) => (office.startsWith('_') ? '事業所なし' : office),
    },
    { key: 'state', title: '進み具合', cell: ({ state_name }) => state_name },
    { key: 'since', title: 'その時刻', cell: ({ since }) => timeText(since) },
    { key: 'packets', title: '人数', isNumber: true, cell: ({ packets }) => packets ?? '—' },
    {
      key: 'late',
      title: '遅れている手順',
      cell: ({ late }) =>
        late ? `${late.name}（${timeText(late.since)}から、やり直し${late.tries}回）` : '—',
    },
    ...(mayRetry
      ? [
          {
            key: 'retry',
            title: '操作',
            cell: (one: ListedUpload) => <RowActs upload={one} {...acts} />,
          },
        ]
      : []),
  ];
}

/** Restarts what is open of an upload, or ends it. */
function RowActs({ upload, ending, onRetry, onGiveUp }: Acts & { upload: ListedUpload }) {
  const { upload_id, state } = upload;
  if (state === 'settled' || state === 'never_came') return null;
  if (ending.has(upload_id) && mayGiveUp(upload)) return '閉じています…';
  return (
    <div className="row-acts">
      <Button aria-label={`${upload_id} をやり直す`} onPress={() => onRetry(upload_id)}>
        やり直す
      </Button>
      {mayGiveUp(upload) && (
        <Button aria-label={`${upload_id} を閉じる`} onPress={() => onGiveUp(upload_id)}>
          閉じる
        </Button>
      )}
    </div>
  );
}
