/** A secondary index: eventually consistent, for views only; nothing is decided on what it says. */
type Index = { name: string; partition: string; sort: string; keysOnly?: boolean };
export type Shape = { partition: string; sort?: string; indexes?: Index[] };

/**
 * The tables. `events` is the truth; every other one is a read model that `rebuild` makes again from it
 * (but `registries`, which the city keeps, and `audit`). The stack and the one-machine host both make them from here.
 */
export const TABLES = {
  /** stream: upload#…, packet#…, case#…, digest#…, registry#…; `pending` is there while something must still be sent, `open` until every step was seen done */
  events: {
    partition: 'stream',
    sort: 'seq',
    indexes: [
      { name: 'pending', partition: 'pending', sort: 'at', keysOnly: true },
      { name: 'open', partition: 'open', sort: 'at', keysOnly: true },
    ],
  },
  /** an upload and its packets in one partition; an office's uploads by date */
  submissions: {
    partition: 'upload_id',
    sort: 'part',
    indexes: [{ name: 'office', partition: 'office', sort: 'received_at' }],
  },
  /** one partition per city, area and month; a person's months on one line */
  cases: {
    partition: 'area_month',
    sort: 'case_key',
    indexes: [{ name: 'person', partition: 'person', sort: 'month' }],
  },
  /** one item per packet that somebody must look at; an area's queue by due date */
  reviews: { partition: 'packet_id', indexes: [{ name: 'queue', partition: 'queue', sort: 'due' }] },
  /** where the notice of a packet or the receipt of an upload lies */
  notices: { partition: 'notice_id', indexes: [{ name: 'office', partition: 'office', sort: 'at' }] },
  /** one item per area and month */
  summaries: { partition: 'city', sort: 'month_area' },
  registries: { partition: 'city', sort: 'entry' },
  /** who saw or changed what; only ever added to */
  audit: { partition: 'record', sort: 'at' },
} as const satisfies Record<string, Shape>;
export type TableName = keyof typeof TABLES;

/** Name of the table in the environment of a function. */
export const tableVariable = (name: TableName): string => `TABLE_${name.toUpperCase()}`;
