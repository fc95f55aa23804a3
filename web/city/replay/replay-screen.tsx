import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { CityChoice, useCities } from '../../shared/places/place-choice.tsx';
import { monthText, timeText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { EditRules } from './edit-rules.tsx';
import { ReplayBadge } from './replay-badge.tsx';
import { type ListedReplay, profileQuery, replaysQuery } from './replay-queries.ts';
import './replay.css';

/** 規則の試し: the rules of a city, edited, and what they would change. Nothing is put in force here. */
export function ReplayScreen() {
  const [params, setParams] = useSearchParams();
  const cities = useCities();
  const city = params.get('city') ?? cities[0] ?? null;
  return (
    <Screen title="規則の試し" about={word(useWords().cities, city)}>
      <div className="choices">
        <CityChoice cities={cities} city={city} onChange={(key) => setParams({ city: key })} />
      </div>
      <p>
        規則を直したとき、これまでに受け付けた書類の判定がどう変わるかを調べます。調べるだけで、規則も記録も変わりません。
      </p>
      {city && <Try key={city} city={city} />}
    </Screen>
  );
}

function Try({ city }: { city: string }) {
  const query = useQuery(profileQuery(city));
  return (
    <>
      <Loaded query={query}>
        {({ yaml, file }) => <EditRules city={city} inForce={yaml} file={file} />}
      </Loaded>
      <h2>これまでの試し</h2>
      <Loaded query={useQuery(replaysQuery(city))}>
        {({ replays }) => (
          <Table
            label="これまでの試し"
            columns={columns}
            items={replays}
            idOf={({ id }) => id}
            empty={<Empty>まだ試していません。試した結果は30日のあいだここに残ります。</Empty>}
          />
        )}
      </Loaded>
    </>
  );
}

const columns: TableColumn<ListedReplay>[] = [
  {
    key: 'at',
    title: '試した日時',
    isRowHeader: true,
    cell: ({ id, city, asked_at }) => (
      <Link to={`/city/replay/${id}?${new URLSearchParams({ city })}`}>{timeText(asked_at)}</Link>
    ),
  },
  { key: 'rules', title: '直した規則', cell: ({ rules }) => rules.map(({ rule }) => rule).join('、') },
  {
    key: 'months',
    title: '提供月',
    isShort: true,
    cell: ({ from, until }) =>
      from === until ? monthText(from) : `${monthText(from)}から${monthText(until)}まで`,
  },
  { key: 'state', title: '状態', cell: (one) => <ReplayBadge replay={one} /> },
  { key: 'done', title: '調べた件数', isNumber: true, cell: ({ done }) => done.toLocaleString('ja-JP') },
  {
    key: 'changed',
    title: '変わる件数',
    isNumber: true,
    cell: ({ changed }) => changed.toLocaleString('ja-JP'),
  },
];
