import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { eraText } from '../../../shared/calendar/wareki.ts';
import type { Where } from '../../../shared/findings/finding.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { type CsvRows, rowsQuery, type StoredFile } from './documents-query.ts';

interface Props {
  packetId: string;
  file: StoredFile;
  /** row and column to show */
  chosen: Where | null;
}

/** Rows of one answer before the chosen row. */
const BEFORE = 20;

/**
 * A CSV of the standard as a person reads it: its rows side by side, one line for each column of the standard, with the
 * words of its codes. A standard file has many columns and few rows.
 */
export function CsvView({ packetId, file, chosen }: Props) {
  const wanted = chosen?.row ?? 1;
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

function Columns(props: { table: CsvRows; chosen: Where | null; withEmpty: boolean }) {
  const { table, chosen, withEmpty } = props;
  const strong = useRef<HTMLTableCellElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is chosen
  useEffect(() => strong.current?.scrollIntoView({ block: 'center', inline: 'center' }), [chosen, table]);
  const shown = table.columns
    .map((name, i) => ({ name, i }))
    .filter(
      ({ i }) => withEmpty || i + 1 === chosen?.column || table.rows.some(({ cells }) => cells[i]?.trim()),
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keyboard
    <section className="page-scroll" tabIndex={0} aria-label="CSVの内容">
      <table className="csv-table">
        <thead>
          <tr>
            <th scope="col">項目</th>
            {table.rows.map(({ row }) => (
              <th key={row} scope="col" className={row === chosen?.row ? 'chosen' : ''}>
                {row}行目
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, i }) => (
            <tr key={`${i} ${name}`}>
              <th scope="row">{name}</th>
              {table.rows.map(({ row, cells, meanings }) => {
                const isRow = row === chosen?.row;
                const isCell = isRow && chosen?.column === i + 1;
                return (
                  <td
                    key={row}
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

const meaningText = (meaning: string): string => (/^\d{4}-\d{2}/.test(meaning) ? eraText(meaning) : meaning);
