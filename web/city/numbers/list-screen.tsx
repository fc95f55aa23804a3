import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useWords, type Words } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { useAreaName } from '../../shared/places/registry-query.ts';
import { dayText, monthText, timeText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { DecisionBadge } from '../../shared/ui/decision-badge.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { PersonLink } from '../../shared/ui/person-link.tsx';
import { SaveButton } from '../../shared/ui/save-button.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { numberText } from './number-words.ts';
import { type ListedCase, listCsv, listQuery, type NumberAsked } from './numbers-queries.ts';

const UNITS: Record<string, string> = { packets: '件', people: '人', papers: '点', units: '単位' };

/** The cases behind a number. Which number is in the address, so that a link opens the same list. */
export function ListScreen() {
  const [params] = useSearchParams();
  const text = (name: string): string => params.get(name) ?? '';
  const asked: NumberAsked = {
    city: text('city'),
    month: text('month'),
    of: text('of'),
    key: text('key'),
    area: params.get('area'),
  };
  const words = useWords();
  const nameOf = useAreaName(asked.city);
  const query = useInfiniteQuery(listQuery(asked));
  useFirstRows(query);
  const place = [word(words.cities, asked.city), asked.area && nameOf(asked.area), monthText(asked.month)];
  const back = new URLSearchParams({ city: asked.city, month: asked.month });
  return (
    <Screen
      title={numberText(words, asked.of, asked.key)}
      about={place.filter(Boolean).join(' ')}
      actions={<SaveButton request={() => listCsv(asked)}>CSVで保存する</SaveButton>}
    >
      <p className="screen-only">
        <Link to={`/city/numbers?${back}`}>← この月の数字に戻る</Link>
      </p>
      <Loaded query={query}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          const [first] = pages;
          const unit = UNITS[first?.counts ?? ''] ?? '';
          return (
            <>
              <p>
                合計 {first?.total.toLocaleString('ja-JP')}
                {unit}
                {query.hasNextPage && `（${rows.length}行まで表示しています）`}
              </p>
              <Table
                label="一覧"
                columns={columnsOf(words, nameOf, unit)}
                items={rows}
                idOf={(one) => one.packet_id}
                empty={<Empty>この数になるものはありません。</Empty>}
              />
              <MoreButton query={query} />
            </>
          );
        }}
      </Loaded>
    </Screen>
  );
}

/** Rows that are shown without asking for more. */
const FIRST_ROWS = 100;

interface Pages {
  data: { pages: { rows: unknown[] }[] } | undefined;
  hasNextPage: boolean;
  isFetching: boolean;
  isError: boolean;
  fetchNextPage: () => unknown;
}

/** An area may have one row: the next ones follow by themselves. */
function useFirstRows({ data, hasNextPage, isFetching, isError, fetchNextPage }: Pages): void {
  const rows = (data?.pages ?? []).reduce((sum, page) => sum + page.rows.length, 0);
  const isShort = hasNextPage && !isFetching && !isError && rows < FIRST_ROWS;
  useEffect(() => {
    if (isShort) void fetchNextPage();
  }, [isShort, fetchNextPage]);
}

function columnsOf(words: Words, nameOf: (area: string) => string, unit: string): TableColumn<ListedCase>[] {
  return [
    {
      key: 'name',
      title: '利用者',
      isRowHeader: true,
      cell: (one) => <PersonLink to={`/hokatsu/people/${one.person.replace('#', '/')}`} {...one} />,
    },
    { key: 'area', title: '圏域', cell: ({ area }) => nameOf(area) },
    { key: 'office', title: '事業所', isShort: true, cell: ({ office }) => office },
    {
      key: 'category',
      title: '区分',
      cell: ({ category }) => word({ ...words.categories }, category, '決まらない'),
    },
    {
      key: 'decision',
      title: '判定',
      cell: ({ decision, packet_id, name }) => (
        <Link to={`/hokatsu/documents/${packet_id}`}>
          <DecisionBadge decision={decision} />
          <span className="visually-hidden">（{name ?? '氏名不明'}の書類を開く）</span>
        </Link>
      ),
    },
    { key: 'received', title: '受付', cell: ({ received_at }) => timeText(received_at) },
    {
      key: 'due',
      title: '確認期限',
      cell: ({ review_due, review_closed }) =>
        review_closed ? word(words.reviews, review_closed.decision) : dayText(review_due),
    },
    ...(unit === '点'
      ? [
          {
            key: 'papers',
            title: '届いていない書類（期限）',
            cell: ({ overdue_papers }: ListedCase) =>
              overdue_papers.map(({ what, due }) => `${what}（${dayText(due)}）`).join('、'),
          },
        ]
      : []),
    ...(unit === '単位'
      ? [
          {
            key: 'amount',
            title: '単位',
            isNumber: true,
            cell: ({ amount }: ListedCase) => amount.toLocaleString('ja-JP'),
          },
        ]
      : []),
  ];
}
