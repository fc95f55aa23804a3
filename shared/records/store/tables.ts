/** A secondary index: eventually consistent, for views only; no decision rests on it. */
type Index = {
  name: string;
  partition: string;
  sort: string;
  keysOnly?: boolean;
  /** the attributes an item has in the index beside the keys; absent: all */
  includes?: readonly string[];
};
export type Shape = {
  partition: string;
  sort?: string;
  indexes?: Index[];
  /** attribute with the second since 1970 after which DynamoDB removes an item; one machine keeps it, and readers pass it over */
  expires?: string;
};

/** What the list of an area's people shows of a case: a tenth of its bytes. */
export const ROSTER_ATTRIBUTES = [
  'person',
  'area',
  'office',
  'owner',
  'contested',
  'event',
  'packet_id',
  'name',
  'insured_number',
  'category',
  'switched_from',
  'decision',
  'certification',
  'cert_valid_to',
  'plan_valid_to',
  'retention',
  'missing_documents',
  'review_due',
  'review_closed',
  'received_at',
  'first_received_at',
  'superseded',
  'erased',
] as const;

/** What the months of a person show of a case: without it what only the verdict and the numbers of an area need. */
export const PERSON_ATTRIBUTES = [
  'city',
  'area',
  'office',
  'owner',
  'contested',
  'event',
  'version',
  'packet_id',
  'name',
  'insured_number',
  'category',
  'switched_from',
  'payer',
  'total_units',
  'decision',
  'certification',
  'cert_valid_to',
  'documents',
  'missing_documents',
  'history_line',
  'deadlines',
  'review_due',
  'review_closed',
  'received_at',
  'first_received_at',
  'superseded',
  'erased',
] as const;

/** What a line of the review queue shows: a month's queue is read in one or two requests. */
const REVIEW_LINE = [
  'about_packet',
  'category',
  'decision',
  'due_date',
  'event',
  'findings_total',
  'headline',
  'holder',
  'insured_number',
  'kind',
  'month',
  'name',
  'office',
  'received_at',
  'run',
  'set_aside',
  'waits_for',
] as const;

/** What a line of the calendar shows of an awaited paper. */
const WATCH_LINE = ['what', 'rule', 'person', 'month', 'office', 'packet_id'] as const;

/**
 * The tables. `events` is the truth; every other one is a read model that `rebuild` makes from it (except `registries`,
 * which the city keeps, `audit`, and `replays`, which pass). The stack and the one-machine host both create them from here.
 */
export const TABLES = {
  /** keys: records/events/event-keys.ts. `pending` is set while something must still be sent, `open` until every step was seen done */
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
  /** one partition per city, area and month; a person's months on one line; an area's people over the months */
  cases: {
    partition: 'area_month',
    sort: 'case_key',
    indexes: [
      { name: 'person', partition: 'person', sort: 'month', includes: PERSON_ATTRIBUTES },
      { name: 'roster', partition: 'roster', sort: 'month', includes: ROSTER_ATTRIBUTES },
    ],
  },
  /** one item per packet to be reviewed; an area's queue by due date, with what a line of it shows */
  reviews: {
    partition: 'packet_id',
    indexes: [{ name: 'queue', partition: 'queue', sort: 'due', includes: REVIEW_LINE }],
  },
  /**
   * what is awaited of a person, keyed by a digest; `queue` is set while it waits: `waiting` for its day, or for the
   * designation of an office. `area_queue` is set as long: what is awaited in an area, by its day
   */
  watches: {
    partition: 'watch_id',
    indexes: [
      { name: 'queue', partition: 'queue', sort: 'due', keysOnly: true },
      { name: 'area', partition: 'area_queue', sort: 'due', includes: WATCH_LINE },
    ],
  },
  /** where the notice of a packet or the letter of a reviewer is stored; an office's letters by date */
  notices: { partition: 'notice_id', indexes: [{ name: 'office', partition: 'office', sort: 'at' }] },
  /** one item per area and month */
  summaries: { partition: 'city', sort: 'month_area' },
  /** how far each upload is that was announced in a month: one item for every number that was given */
  progress: { partition: 'month', sort: 'upload_id' },
  registries: { partition: 'city', sort: 'entry' },
  /** what edited rules would change: the replays of a city, and of each its rules, its uploads and its changes */
  replays: { partition: 'replay', sort: 'entry', expires: 'expires' },
  /** who saw or changed what; append only */
  audit: { partition: 'record', sort: 'at' },
} as const satisfies Record<string, Shape>;
export type TableName = keyof typeof TABLES;

/** Name of the table in the environment of a function. */
export const tableVariable = (name: TableName): string => `TABLE_${name.toUpperCase()}`;
