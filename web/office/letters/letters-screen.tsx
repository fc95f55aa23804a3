import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Screen } from '../../shared/frame/screen.tsx';
import { monthText, timeText } from '../../shared/text/dates.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { NoticeDialog } from '../notice/notice-dialog.tsx';
import { lettersQuery, type OfficeLetter } from './letters-query.ts';

/** 包括からの連絡: advice, and papers the 包括 asks for. Notices of packets are beside their packet. */
export function LettersScreen() {
  const query = useInfiniteQuery(lettersQuery);
  const [opened, setOpened] = useState<OfficeLetter | null>(null);
  return (
    <Screen title="包括からの連絡">
      <p>助言と、期限を過ぎた書類の提出のお願いです。不備通知書と受理通知は「提出の一覧」にあります。</p>
      <Loaded query={query}>
        {({ pages }) => (
          <>
            <Table
              label="包括からの連絡"
              columns={columns(setOpened)}
              items={pages.flatMap((page) => page.letters)}
              idOf={({ notice_id }) => notice_id}
              empty={<Empty>包括からの連絡は、まだありません。</Empty>}
            />
            <MoreButton query={query} />
          </>
        )}
      </Loaded>
      {opened && <NoticeDialog id={opened.notice_id} title={opened.title} onClose={() => setOpened(null)} />}
    </Screen>
  );
}

const columns = (onOpen: (letter: OfficeLetter) => void): TableColumn<OfficeLetter>[] => [
  { key: 'at', title: '日時', isShort: true, cell: ({ at }) => timeText(at) },
  {
    key: 'title',
    title: '連絡',
    isRowHeader: true,
    cell: (letter) => (
      <Button kind="plain" onPress={() => onOpen(letter)}>
        {letter.title}
      </Button>
    ),
  },
  { key: 'month', title: '提供月', isShort: true, cell: ({ month }) => (month ? monthText(month) : '—') },
  {
    key: 'packet',
    title: '書類',
    cell: ({ packet_id, title }) =>
      packet_id && (
        <Link to={`/office/packets/${packet_id}`} aria-label={`${title}の書類を開く`}>
          書類を開く
        </Link>
      ),
  },
];
