import type { ReactNode } from 'react';
import { Table as AriaTable, Cell, Column, Row, TableBody, TableHeader } from 'react-aria-components';

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
}

/** A table; on a narrow screen each row becomes a card with the titles of its columns. */
export function Table<Item extends object>({ label, columns, items, idOf, empty }: Props<Item>) {
  if (items.length === 0 && empty) return empty;
  const rows = items.map((item) => ({ id: idOf(item), item }));
  return (
    <AriaTable aria-label={label} className="table">
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

const shapeOf = ({ isNumber, isShort, isRowHeader }: TableColumn<never>): string =>
  [isNumber && 'number', isShort && 'short', isRowHeader && 'row-header'].filter(Boolean).join(' ');
