import './people.css';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { AreaChoice, CityChoice, usePlace } from '../../shared/places/place-choice.tsx';
import { monthText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Empty, Failed, Loading } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { findPeople } from './people-query.ts';

type Found = Awaited<ReturnType<typeof findPeople>>['people'][number];

/** Finds a person by insured number or by a part of the name. What is searched for stays out of the address. */
export function PeopleScreen() {
  const { setParams, cities, city, areas, area } = usePlace();
  const [text, setText] = useState('');
  const search = useMutation({ mutationFn: findPeople });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = text.normalize('NFKC').trim();
    if (!city || !wanted) return;
    if (/^\d{10}$/.test(wanted)) search.mutate({ city, number: wanted });
    else if (area) search.mutate({ city, area, name: wanted });
  };
  return (
    <Screen title="利用者をさがす">
      <form className="choices" onSubmit={submit}>
        <CityChoice cities={cities} city={city} onChange={(key) => setParams({ city: key })} />
        <AreaChoice
          areas={areas}
          area={area}
          onChange={(key) => setParams({ city: city ?? '', area: key })}
        />
        <TextField label="被保険者番号（10桁）か、氏名の一部" value={text} onChange={setText} />
        <Button kind="main" type="submit">
          さがす
        </Button>
      </form>
      {search.isPending && <Loading what="さがしています…" />}
      {search.error && <Failed error={search.error} />}
      {search.data && city && (
        <FoundPeople city={city} people={search.data.people} total={search.data.total} />
      )}
    </Screen>
  );
}

function FoundPeople({ city, people, total }: { city: string; people: Found[]; total: number }) {
  const words = useWords();
  const columns: TableColumn<Found>[] = [
    {
      key: 'name',
      title: '氏名',
      isRowHeader: true,
      cell: (one) => <Link to={`/hokatsu/people/${city}/${one.person}`}>{one.name ?? '氏名不明'}</Link>,
    },
    { key: 'number', title: '被保険者番号', isShort: true, cell: (one) => one.insured_number ?? '不明' },
    { key: 'month', title: '最後の提供月', isShort: true, cell: (one) => monthText(one.month) },
    { key: 'category', title: '区分', cell: (one) => word(words.categories, one.category, '決まらない') },
  ];
  return (
    <>
      <p>
        {total}人
        {people.length < total &&
          `（初めの${people.length}人を表示しています。氏名をもう少し入れてください）`}
      </p>
      <Table
        label="見つかった利用者"
        columns={columns}
        items={people}
        idOf={(one) => one.person}
        empty={
          <Empty>
            見つかりません。被保険者番号は10桁で入力してください。氏名は、選んだ圏域でこの一年に書類が届いた方から探します。
          </Empty>
        }
      />
    </>
  );
}
