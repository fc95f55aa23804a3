import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { Table as AriaTable, Cell, Column, Row, TableBody, TableHeader } from 'react-aria-components';
import { whenShown } from './when-shown.ts';

export interface TableColumn<Item> {
  key: string;
  title: string;
  cell: (item: Item) => ReactNode;
  /** names the row; exactly one column of a table */
  isRowHeader?: boolean;
  /** aligned right, with figures of equal width */
  isNumber?: boolean;
  /** a date or a short word that must not wrap */
  isShort?: boolean;
}

interface Props<Item> {
  /** what the table lists, for screen readers and in print */
  label: string;
  columns: TableColumn<Item>[];
  items: readonly Item[];
  idOf: (item: Item) => string;
  empty?: ReactNode;
  /** the row that takes the focus when the table is opened, if it is among them */
  startAt?: string | null;
  onStart?: () => void;
}

/** A table; on a narrow screen each row becomes a card with the titles of its columns. */
export function Table<Item extends object>({
  label,
  columns,
  items,
  idOf,
  empty,
  startAt = null,
  onStart,
}: Props<Item>) {
  const table = useStartAt(startAt, onStart);
  if (items.length === 0 && empty) return empty;
  const rows = items.map((item) => ({ id: idOf(item), item }));
  return (
    <AriaTable aria-label={label} className="table" ref={table}>
      <TableHeader columns={columns.map((column) => ({ ...column, id: column.key }))}>
        {(column) => (
          <Column isRowHeader={column.isRowHeader ?? false} className={shapeOf(column)}>
            {column.title}
          </Column>
        )}
      </TableHeader>
      <TableBody items={rows} dependencies={[columns]}>
        {({ id, item }) => (
          <Row id={id}>
            {columns.map((column) => (
              <Cell key={column.key} className={shapeOf(column)} data-title={column.title}>
                <div className="cell">{column.cell(item)}</div>
              </Cell>
            ))}
          </Row>
        )}
      </TableBody>
    </AriaTable>
  );
}

/** The row itself takes the focus: a link in it would hand it to the first row. */
function useStartAt(id: string | null, onStart?: () => void): RefObject<HTMLTableElement | null> {
  const table = useRef<HTMLTableElement>(null);
  const started = useRef(onStart);
  useEffect(() => {
    if (id === null) return;
    return whenShown(
      () => table.current?.querySelector<HTMLElement>(`tr[data-key="${CSS.escape(id)}"]`),
      (row) => {
        row.focus();
        row.scrollIntoView({ block: 'center' });
        started.current?.();
      },
    );
  }, [id]);
  return table;
}

const shapeOf = ({ isNumber, isShort, isRowHeader }: TableColumn<never>): string =>
  [isNumber && 'number', isShort && 'short', isRowHeader && 'row-header'].filter(Boolean).join(' ');
