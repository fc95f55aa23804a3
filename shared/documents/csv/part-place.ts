import type { RowSpan } from '../../packet/packet.ts';

/** Where a record of a part of a CSV is in the file that was sent; `row` counts from 1. */
export function rowInFile(spans: RowSpan[] | undefined, row: number): number {
  let before = 0;
  for (const span of spans ?? []) {
    if (row <= before + span.count) return span.row + row - before - 1;
    before += span.count;
  }
  return row - before + endOf(spans, ({ row, count }) => row + count - 1);
}

/** The same of a byte; `offset` counts from 0. */
export function byteInFile(spans: RowSpan[] | undefined, offset: number): number {
  let before = 0;
  for (const span of spans ?? []) {
    if (offset < before + span.size) return span.byte + offset - before;
    before += span.size;
  }
  return offset - before + endOf(spans, ({ byte, size }) => byte + size);
}

const endOf = (spans: RowSpan[] | undefined, end: (span: RowSpan) => number): number => {
  const last = spans?.at(-1);
  return last ? end(last) : 0;
};
