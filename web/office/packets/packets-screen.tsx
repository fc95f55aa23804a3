import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { PACKET_STATE_NAMES, type PacketState } from '../../../shared/vocabulary/packet-state.ts';
import { api } from '../../shared/api/api.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { monthText } from '../../shared/text/dates.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { SaveButton } from '../../shared/ui/save-button.tsx';
import { Select } from '../../shared/ui/select.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { filterPackets, monthsOf, type PacketFilter } from './filter-packets.ts';
import { PacketTable } from './packet-table.tsx';
import { type OwnPacket, packetsQuery } from './packets-query.ts';

const ALL = 'all';

/** 提出の一覧: every packet of the office, by month and result. The filter is in the address: a link opens the same list. */
export function PacketsScreen() {
  const [filter, setFilter] = useFilter();
  const query = useInfiniteQuery(packetsQuery);
  return (
    <Screen
      title="提出の一覧"
      about={filter.month ? monthText(filter.month) : undefined}
      actions={<CsvButtons month={filter.month} />}
    >
      <Loaded query={query}>
        {({ pages }) => {
          const all = pages.flatMap(({ packets }) => packets);
          const shown = filterPackets(all, filter);
          return (
            <>
              <Filters filter={filter} packets={all} onChange={setFilter} />
              <Counts packets={shown} isPart={query.hasNextPage} />
              <PacketTable packets={shown} isFiltered={shown.length < all.length} />
            </>
          );
        }}
      </Loaded>
      <MoreButton query={query} />
    </Screen>
  );
}

function useFilter(): [PacketFilter, (changes: Partial<PacketFilter>) => void] {
  const [params, setParams] = useSearchParams();
  const filter: PacketFilter = {
    text: params.get('text') ?? '',
    month: params.get('month') ?? '',
    state: (params.get('state') ?? '') as PacketFilter['state'],
  };
  const change = (changes: Partial<PacketFilter>) =>
    setParams(
      Object.entries({ ...filter, ...changes }).filter(([, value]) => value !== ''),
      { replace: true },
    );
  return [filter, change];
}

interface FilterProps {
  filter: PacketFilter;
  packets: OwnPacket[];
  onChange: (changes: Partial<PacketFilter>) => void;
}

function Filters({ filter, packets, onChange }: FilterProps) {
  const anyOf = (label: string) => ({ value: ALL, label });
  const of = (value: string) => (value === ALL ? '' : value);
  return (
    <div className="choices">
      <TextField
        label="さがす（提出物の名前・被保険者番号・受付番号）"
        value={filter.text}
        onChange={(text) => onChange({ text })}
      />
      <Select
        label="提供月"
        options={[
          anyOf('すべての月'),
          ...monthsOf(packets).map((value) => ({ value, label: monthText(value) })),
        ]}
        value={filter.month || ALL}
        onChange={(month) => onChange({ month: of(month) })}
      />
      <Select
        label="結果"
        options={[
          anyOf('すべて'),
          ...Object.entries(PACKET_STATE_NAMES)
            .filter(([value]) => packets.some(({ state }) => state === value))
            .map(([value, label]) => ({ value, label })),
        ]}
        value={filter.state || ALL}
        onChange={(state) => onChange({ state: of(state) as PacketState | '' })}
      />
    </div>
  );
}

/** How many there are of each result; they add up. */
function Counts({ packets, isPart }: { packets: OwnPacket[]; isPart: boolean }) {
  const counts = Object.entries(PACKET_STATE_NAMES).flatMap(([key, name]) => {
    const count = packets.filter(({ state }) => state === key).length;
    return count > 0 ? [`${name} ${count}`] : [];
  });
  return (
    <p>
      {packets.length}件{isPart && '（読み込んだ分。ほかにもあります）'}　{counts.join('　')}
    </p>
  );
}

function CsvButtons({ month }: { month: string }) {
  const request = (encoding: string) => () =>
    api.packets.table.$get({ query: { encoding, ...(month && { month }) } });
  return (
    <>
      <SaveButton request={request('utf-8')}>CSV（UTF-8）</SaveButton>
      <SaveButton request={request('cp932')}>CSV（Shift_JIS）</SaveButton>
    </>
  );
}
