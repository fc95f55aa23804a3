import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { UPLOAD_STATE_NAMES } from '../../../shared/vocabulary/packet-state.ts';
import { answer, api } from '../../shared/api/api.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { timeText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { UploadAnswers } from './upload-answers.tsx';
import { uploadQuery } from './upload-query.ts';

const uploadsPage = (after: string | undefined) =>
  answer(api.uploads.$get({ query: after === undefined ? {} : { after } }));
type UploadLine = Awaited<ReturnType<typeof uploadsPage>>['uploads'][number];

/** 受付の一覧: the uploads of the caller, the newest first. Which one is open is in the address. */
export function UploadsScreen() {
  const [params, setParams] = useSearchParams();
  const open = params.get('open');
  const query = useInfiniteQuery({
    queryKey: ['uploads'],
    queryFn: ({ pageParam }) => uploadsPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 10_000,
  });
  return (
    <Screen title="受付の一覧">
      <Loaded query={query}>
        {({ pages }) => (
          <Table
            label="受付の一覧"
            columns={columns((id) => setParams({ open: id }))}
            items={pages.flatMap(({ uploads }) => uploads)}
            idOf={({ upload_id }) => upload_id}
            empty={<Empty>まだ何も送られていません。</Empty>}
          />
        )}
      </Loaded>
      <MoreButton query={query} />
      {open && <UploadDialog id={open} onClose={() => setParams({}, { replace: true })} />}
    </Screen>
  );
}

const columns = (open: (id: string) => void): TableColumn<UploadLine>[] => [
  {
    key: 'number',
    title: '受付番号',
    isRowHeader: true,
    cell: (one) => (
      <Button kind="plain" onPress={() => open(one.upload_id)}>
        {one.upload_id}
      </Button>
    ),
  },
  { key: 'received', title: '受付日時', isShort: true, cell: (one) => timeText(one.received_at) },
  { key: 'name', title: '送付物', cell: (one) => one.name },
  { key: 'packets', title: '人数', isNumber: true, cell: (one) => one.packets ?? '—' },
  { key: 'state', title: '状態', cell: stateText },
];

/** Minutes after which an answer that is still missing is mentioned. */
const LATE_MINUTES = 10;

function stateText({ state, received_at }: UploadLine): string {
  const label = word(UPLOAD_STATE_NAMES, state);
  const isLate = state !== 'finished' && Date.now() - Date.parse(received_at) >= LATE_MINUTES * 60_000;
  return isLate ? `${label}（時間がかかっています。続くときは受付の担当者に番号を伝えてください）` : label;
}

function UploadDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(uploadQuery(id));
  return (
    <Dialog title={query.data?.name ?? id} isOpen onClose={onClose}>
      <Loaded query={query}>{(upload) => <UploadAnswers upload={upload} />}</Loaded>
    </Dialog>
  );
}
