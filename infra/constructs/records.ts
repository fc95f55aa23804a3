import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

type Index = { name: string; partition: string; sort: string; keysOnly?: boolean };
type Shape = { partition: string; sort?: string; indexes?: Index[] };

/**
 * The tables. `events` is the truth; every other one is a read model that `rebuild` makes again from it
 * (and `registers`, which the city keeps).
 */
export const TABLES = {
  /** stream: upload#…, packet#…, case#…, register#…; `pending` is there while something must still be sent */
  events: {
    partition: 'stream',
    sort: 'seq',
    indexes: [{ name: 'pending', partition: 'pending', sort: 'at', keysOnly: true }],
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
  registers: { partition: 'city', sort: 'entry' },
} as const satisfies Record<string, Shape>;
export type TableName = keyof typeof TABLES;

/** The records of the desk: on demand, encrypted with the desk's key, recoverable to any second of the last 35 days. */
export class Records extends Construct {
  readonly tables: Record<TableName, Table>;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    const make = ([name, shape]: [string, Shape]) => [name, this.table(name, shape, key)] as const;
    this.tables = Object.fromEntries(Object.entries(TABLES).map(make)) as Record<TableName, Table>;
  }

  private table(name: string, shape: Shape, key: IKey): Table {
    const text = (attribute: string) => ({ name: attribute, type: AttributeType.STRING });
    const table = new Table(this, name[0]!.toUpperCase() + name.slice(1), {
      partitionKey: text(shape.partition),
      sortKey: shape.sort ? text(shape.sort) : undefined,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const index of shape.indexes ?? [])
      table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.partition),
        sortKey: text(index.sort),
        projectionType: index.keysOnly ? ProjectionType.KEYS_ONLY : ProjectionType.ALL,
      });
    return table;
  }
}
