import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocation } from 'react-router';
import { Screen } from '../../shared/frame/screen.tsx';
import { AreaChoice, CityChoice, usePlace } from '../../shared/places/place-choice.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { QueueFilters } from './queue-filters.tsx';
import { type QueueChoice, type QueuePage, queueQuery } from './queue-query.ts';
import { QueueTable } from './queue-table.tsx';

/** 確認待ち: what waits for the 包括, by due date. All that is chosen is in the address. */
export function QueueScreen() {
  const { params, setParams, cities, city, areas, area, areaName } = usePlace();
  return (
    <Screen title="確認待ち" about={areaName}>
      <div className="choices">
        <CityChoice cities={cities} city={city} onChange={(key) => setParams({ city: key })} />
        <AreaChoice
          areas={areas}
          area={area}
          onChange={(key) => setParams({ city: city ?? '', area: key })}
        />
      </div>
      {city && area ? (
        <Queue choice={{ ...Object.fromEntries(params), city, area }} onChoose={setParams} />
      ) : (
        <Empty>登録簿がまだ取り込まれていないか、担当の圏域が決まっていません。</Empty>
      )}
    </Screen>
  );
}

interface QueueProps {
  choice: QueueChoice;
  onChoose: (choice: Record<string, string>) => void;
}

function Queue({ choice, onChoose }: QueueProps) {
  const shown = { ...choice, part: choice.part ?? 'open' };
  const { search } = useLocation();
  const query = useInfiniteQuery(queueQuery(shown));
  const choose = (change: Partial<QueueChoice>) => onChoose(withoutEmpty({ ...shown, ...change }));
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const first = pages[0]!;
        const items = pages.flatMap((page) => page.items);
        return (
          <>
            <QueueFilters page={first} choice={shown} onChoose={choose} />
            <p role="status">
              {countText(first)}
              {query.hasNextPage && `（${items.length}件まで表示）`}
            </p>
            <QueueTable search={search} items={items} me={first.me} today={first.today} />
            <MoreButton query={query} />
          </>
        );
      }}
    </Loaded>
  );
}

const withoutEmpty = (choice: Partial<QueueChoice>): Record<string, string> =>
  Object.fromEntries(Object.entries(choice).filter(([, value]) => value)) as Record<string, string>;

function countText({ shown, total, more, counts }: QueuePage): string {
  const overdue = counts.overdue > 0 ? `　期限を過ぎたもの ${counts.overdue}件` : '';
  return `${shown}件（この圏域のすべて ${total}件${more ? '以上' : ''}）${overdue}`;
}
