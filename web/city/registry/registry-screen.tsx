import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { stringify } from 'yaml';
import { useWords } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { CityChoice, useCities } from '../../shared/places/place-choice.tsx';
import { registryQuery } from '../../shared/places/registry-query.ts';
import { timeText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { SaveButton } from '../../shared/ui/save-button.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table } from '../../shared/ui/table.tsx';
import { EditRegistry } from './edit-registry.tsx';
import { editionsQuery, fetchEdition, registryTable } from './registry-queries.ts';
import { RegistryTables } from './registry-tables.tsx';

/** 登録簿: the city's areas, centers and offices; a new edition is shown before it is imported. */
export function RegistryScreen() {
  const [params, setParams] = useSearchParams();
  const cities = useCities();
  const city = params.get('city') ?? cities[0] ?? null;
  return (
    <Screen title="登録簿" about={word(useWords().cities, city)}>
      <div className="choices">
        <CityChoice cities={cities} city={city} onChange={(key) => setParams({ city: key })} />
      </div>
      {city && <CityRegistry key={city} city={city} />}
    </Screen>
  );
}

function CityRegistry({ city }: { city: string }) {
  const query = useQuery(registryQuery(city));
  const [yaml, setYaml] = useState<string | null>(null);
  if (yaml !== null) return <EditRegistry city={city} initial={yaml} onClose={() => setYaml(null)} />;
  return (
    <Loaded query={query}>
      {(registry) => (
        <>
          <p className="screen-only">
            <Button kind="main" onPress={() => setYaml(stringify(registry))}>
              登録簿を直す・取り込む
            </Button>
          </p>
          <Tables city={city} />
          <RegistryTables city={city} registry={registry} />
          <Editions city={city} onOpen={setYaml} />
        </>
      )}
    </Loaded>
  );
}

/** Each list for a spreadsheet, which is imported again the same way. */
function Tables({ city }: { city: string }) {
  return (
    <div className="row screen-only">
      <SaveButton request={() => registryTable(city, 'areas')}>圏域の表（CSV）</SaveButton>
      <SaveButton request={() => registryTable(city, 'centers')}>センターの表（CSV）</SaveButton>
      <SaveButton request={() => registryTable(city, 'offices')}>事業所の表（CSV）</SaveButton>
    </div>
  );
}

/** Earlier editions; one is opened for another import. */
function Editions({ city, onOpen }: { city: string; onOpen: (yaml: string) => void }) {
  const query = useQuery(editionsQuery(city));
  return (
    <>
      <h2>これまでの版</h2>
      <Loaded query={query}>
        {({ editions, in_force }) => (
          <Table
            label="登録簿の版"
            items={editions}
            idOf={({ edition, imported_at }) => `${edition} ${imported_at}`}
            empty={<Empty>取込みの記録がありません。</Empty>}
            columns={[
              {
                key: 'at',
                title: '取り込んだ日時',
                isRowHeader: true,
                cell: ({ imported_at }) => timeText(imported_at),
              },
              {
                key: 'edition',
                title: '版',
                isShort: true,
                cell: ({ edition }) => (edition === in_force ? `${edition}（いまの版）` : edition),
              },
              {
                key: 'open',
                title: '操作',
                cell: ({ edition }) =>
                  edition === in_force ? null : (
                    <Button onPress={async () => onOpen(stringify(await fetchEdition(city, edition)))}>
                      この版を開く
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
