import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { eraText } from '../../../shared/calendar/wareki.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { type CsvRows, rowsQuery, type StoredFile } from './documents-query.ts';
import type { Mark } from './evidence.ts';

interface Props {
  packetId: string;
  file: StoredFile;
  /** the value to show */
  chosen: Mark | null;
}

/** Rows of one answer before the chosen row. */
const BEFORE = 20;

/**
 * A CSV of the standard as a person reads it: its rows side by side, one line for each column of the standard, with the
 * words of its codes. A standard file has many columns and few rows.
 */
export function CsvView({ packetId, file, chosen }: Props) {
  const wanted = chosen?.where.row ?? 1;
  const [from, setFrom] = useState(1);
  useEffect(() => setFrom(Math.max(1, wanted - BEFORE)), [wanted]);
  const [withEmpty, setWithEmpty] = useState(false);
  const query = useQuery(rowsQuery(packetId, file.file, from));
  return (
    <Loaded query={query}>
      {(table) => {
        const last = table.rows.at(-1)?.row ?? from;
        return (
          <div className="csv-view">
            <div className="page-tools">
              <strong>{table.title ?? 'CSV'}</strong>
              <span>{table.total}行</span>
              <Button onPress={() => setWithEmpty(!withEmpty)}>
                {withEmpty ? '空の項目を隠す' : '空の項目も表示'}
              </Button>
              {from > 1 && (
                <Button onPress={() => setFrom(Math.max(1, from - table.rows.length))}>前の行</Button>
              )}
              {table.rows.length < table.total && last > from && (
                <Button onPress={() => setFrom(last + 1)}>次の行</Button>
              )}
            </div>
            {table.isDamaged && <p role="note">読めない文字があります。その字は � と表示しています。</p>}
            <Columns table={table} chosen={chosen} withEmpty={withEmpty} />
          </div>
        );
      }}
    </Loaded>
  );
}

function Columns(props: { table: CsvRows; chosen: Mark | null; withEmpty: boolean }) {
  const { table, chosen, withEmpty } = props;
  const row = chosen?.where.row;
  const column = chosen ? columnOf(table, chosen) : null;
  const strong = useRef<HTMLTableCellElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is chosen
  useEffect(() => {
    // Braces: the newest browsers answer with a promise, which React takes for a clean-up.
    strong.current?.scrollIntoView({ block: 'center', inline: 'center' });
  }, [chosen, table]);
  const shown = table.columns
    .map((name, i) => ({ name, i }))
    .filter(({ i }) => withEmpty || i === column || table.rows.some(({ cells }) => cells[i]?.trim()));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keyboard
    <section className="page-scroll" tabIndex={0} aria-label="CSVの内容">
      <table className="csv-table">
        <thead>
          <tr>
            <th scope="col">項目</th>
            {table.rows.map((one) => (
              <th key={one.row} scope="col" className={one.row === row ? 'chosen' : ''}>
                {one.row}行目
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, i }) => (
            <tr key={`${i} ${name}`}>
              <th scope="row">{name}</th>
              {table.rows.map(({ row: number, cells, meanings }) => {
                const isRow = number === row;
                const isCell = isRow && column === i;
                return (
                  <td
                    key={number}
                    ref={isCell ? strong : undefined}
                    className={isCell ? 'cell chosen' : isRow ? 'chosen' : ''}
                  >
                    {cells[i]}
                    {meanings[i] && <span className="meaning">{meaningText(meanings[i])}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Index of the column a value was read from: as its place says, else the only cell of its row that holds it. */
function columnOf({ rows }: CsvRows, { where, raw }: Mark): number | null {
  if (where.column !== undefined) return where.column - 1;
  const { cells = [] } = rows.find(({ row }) => row === where.row) ?? {};
  const same = cells.flatMap((cell, i) => (raw && cell.trim() === raw ? [i] : []));
  return same.length === 1 ? same[0]! : null;
}

const meaningText = (meaning: string): string => (/^\d{4}-\d{2}/.test(meaning) ? eraText(meaning) : meaning);
