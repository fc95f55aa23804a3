import { useQuery } from '@tanstack/react-query';
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
      <Loaded query={query}>
        {({ registries }) => (
          <Table
            label="登録簿"
            items={registries}
            idOf={({ city }) => city}
            empty={<Empty>登録簿がまだ取り込まれていません。</Empty>}
            columns={[
              { key: 'city', title: '市', isRowHeader: true, cell: ({ city }) => word(cities, city) },
              { key: 'at', title: '取り込んだ日時', cell: (one) => timeText(one.imported_at) },
            ]}
          />
        )}
      </Loaded>
    </Screen>
  );
}
