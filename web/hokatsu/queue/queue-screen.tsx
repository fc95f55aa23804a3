import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Screen } from '../../shared/frame/screen.tsx';
import { CityChoice, useAreas, useCities } from '../../shared/places/place-choice.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { Select } from '../../shared/ui/select.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { ItemDialog } from '../item/item-dialog.tsx';
import { type QueueItem, queueQuery } from './queue-query.ts';
import { QueueTable } from './queue-table.tsx';

/** 確認待ち: what waits for the 包括, by due date. City and area are in the address, so that a link opens the same list. */
export function QueueScreen() {
  const [params, setParams] = useSearchParams();
  const cities = useCities();
  const city = params.get('city') ?? cities[0] ?? null;
  const areas = useAreas(city);
  const area = params.get('area') ?? areas[0]?.value ?? null;
  const areaName = areas.find(({ value }) => value === area)?.label;
  return (
    <Screen title="確認待ち" about={areaName}>
      <div className="choices">
        <CityChoice cities={cities} city={city} onChange={(key) => setParams({ city: key })} />
        {areas.length > 1 && city && (
          <Select
            label="圏域"
            options={areas}
            value={area}
            onChange={(key) => setParams({ city, area: key })}
          />
        )}
      </div>
      {city && area ? (
        <Queue city={city} area={area} />
      ) : (
        <Empty>登録簿がまだ取り込まれていないか、担当の圏域が決まっていません。</Empty>
      )}
    </Screen>
  );
}

function Queue({ city, area }: { city: string; area: string }) {
  const [open, setOpen] = useState<QueueItem | null>(null);
  const query = useInfiniteQuery(queueQuery(city, area));
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        return (
          <>
            <p>
              {items.length}件{query.hasNextPage && '（ほかにもあります）'}　期限の近い順
            </p>
            <QueueTable items={items} onOpen={setOpen} />
            <MoreButton query={query} />
            {open && <ItemDialog item={open} onClose={() => setOpen(null)} />}
          </>
        );
      }}
    </Loaded>
  );
}
