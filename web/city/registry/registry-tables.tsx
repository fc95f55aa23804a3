import { useState } from 'react';
import { dayText } from '../../shared/text/dates.ts';
import { Empty } from '../../shared/ui/states.tsx';
import { Table } from '../../shared/ui/table.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import type { CityRegistryData } from './registry-data.ts';

/** The registry in force, readable without YAML. */
export function RegistryTables({ city, registry }: { city: string; registry: CityRegistryData }) {
  const centers = new Map(registry.centers.map(({ number, name }) => [number, name]));
  const nameOf = (number: string): string => `${centers.get(number) ?? ''}（${number}）`;
  return (
    <>
      <p>
        保険者番号 {registry.insurer_numbers.join('、') || '未登録'}
        {registry.correction_days ? `　補正の期限 通知から${registry.correction_days}日` : ''}
        {registry.mail_notices ? '　待っているものをメールで知らせる' : ''}
      </p>
      <h2>圏域とセンター（{registry.areas.length}）</h2>
      <Table
        label="圏域とセンター"
        items={registry.areas}
        idOf={({ key }) => key}
        empty={<Empty>圏域がまだ登録されていません。</Empty>}
        columns={[
          { key: 'name', title: '圏域', isRowHeader: true, cell: ({ name }) => name },
          { key: 'center', title: '地域包括支援センター', cell: ({ center }) => nameOf(center) },
          { key: 'addresses', title: '住所', cell: ({ addresses }) => addresses.join('、') || '—' },
          { key: 'postal', title: '郵便番号', cell: ({ postal_codes }) => postal_codes.join('、') || '—' },
        ]}
      />
      <Offices city={city} registry={registry} nameOf={nameOf} />
    </>
  );
}

interface OfficesProps {
  city: string;
  registry: CityRegistryData;
  nameOf: (number: string) => string;
}

function Offices({ city, registry, nameOf }: OfficesProps) {
  const [search, setSearch] = useState('');
  const shown = registry.offices.filter(({ number, name }) => `${number} ${name}`.includes(search.trim()));
  return (
    <>
      <h2>事業所（{registry.offices.length}）</h2>
      {registry.offices.length > 10 && (
        <div className="screen-only">
          <TextField label="事業所を探す" hint="番号か名前" value={search} onChange={setSearch} />
        </div>
      )}
      <Table
        label="事業所"
        items={shown}
        idOf={({ number }) => number}
        empty={<Empty>当てはまる事業所がありません。</Empty>}
        columns={[
          { key: 'name', title: '事業所', isRowHeader: true, cell: ({ name }) => name },
          { key: 'number', title: '番号', isShort: true, cell: ({ number }) => number },
          {
            key: 'designated',
            title: '介護予防支援の指定',
            cell: ({ yobo_shien }) =>
              yobo_shien
                .filter((one) => one.city === city)
                .map(({ from, to }) => periodText(from, to))
                .join('、') || 'なし',
          },
          {
            key: 'commissions',
            title: '委託を受けるセンター',
            cell: ({ commissions }) =>
              [...new Set(commissions.map((one) => nameOf(one.center)))].join('、') || '—',
          },
        ]}
      />
    </>
  );
}

const periodText = (from: string, to: string | null | undefined): string =>
  `${dayText(from)}から${to ? `${dayText(to)}まで` : ''}`;
