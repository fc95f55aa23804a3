import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { registriesQuery } from '../../shared/places/registry-query.ts';
import { timeText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table } from '../../shared/ui/table.tsx';

/** 登録簿: the imported registries. */
export function RegistriesScreen() {
  const query = useQuery(registriesQuery);
  const { cities } = useWords();
  return (
    <Screen title="登録簿">
      <p>
        市の名前を選ぶと、登録簿の中身と前の版が開き、YAMLや表（CSV）を、変わるところを確かめてから取り込めます。
      </p>
      <Loaded query={query}>
        {({ registries }) => (
          <Table
            label="登録簿"
            items={registries}
            idOf={({ city }) => city}
            empty={<Empty>登録簿がまだ取り込まれていません。</Empty>}
            columns={[
              {
                key: 'city',
                title: '市',
                isRowHeader: true,
                cell: ({ city }) => (
                  <Link to={`/city/registry?${new URLSearchParams({ city })}`}>{word(cities, city)}</Link>
                ),
              },
              { key: 'areas', title: '圏域', isNumber: true, cell: ({ areas }) => areas },
              { key: 'centers', title: 'センター', isNumber: true, cell: ({ centers }) => centers },
              { key: 'offices', title: '事業所', isNumber: true, cell: ({ offices }) => offices },
              { key: 'at', title: '取り込んだ日時', cell: (one) => timeText(one.imported_at) },
            ]}
          />
        )}
      </Loaded>
    </Screen>
  );
}
