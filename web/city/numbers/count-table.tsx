import { useState } from 'react';
import { useWords } from '../../shared/api/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { NumberLink } from './number-link.tsx';
import { type KeyedCount, type KeyedNumber, keyText } from './number-words.ts';

/** Rows before 「すべて表示する」. */
const FIRST = 10;

interface Props {
  city: string;
  month: string;
  of: KeyedNumber;
  counts: KeyedCount[];
  /** 件, 人, 単位 */
  unit: string;
  title: string;
}

/** A number by its keys, each with a bar as long as its share of the largest; each opens its list. */
export function CountTable({ city, month, of, counts, unit, title }: Props) {
  const words = useWords();
  const [isWhole, setWhole] = useState(false);
  const counted = counts.filter(({ count }) => count > 0);
  const shown = isWhole ? counted : counted.slice(0, FIRST);
  const most = Math.max(...counted.map(({ count }) => count), 1);
  const columns: TableColumn<KeyedCount>[] = [
    {
      key: 'name',
      title: '内訳',
      isRowHeader: true,
      cell: ({ key, count }) => (
        <>
          {keyText(words, of, key)}
          <span className="share" style={{ width: `${(100 * count) / most}%` }} aria-hidden="true" />
        </>
      ),
    },
    {
      key: 'count',
      title: unit,
      isNumber: true,
      cell: ({ key, count }) => (
        <NumberLink
          asked={{ city, month, of, key, area: null }}
          count={count}
          label={keyText(words, of, key)}
        />
      ),
    },
  ];
  return (
    <>
      <Table
        label={title}
        columns={columns}
        items={shown}
        idOf={({ key }) => key}
        empty={<Empty>この月にはありません。</Empty>}
      />
      {shown.length < counted.length && (
        <p className="screen-only">
          <Button onPress={() => setWhole(true)}>すべて表示する（{counted.length}）</Button>
        </p>
      )}
    </>
  );
}
