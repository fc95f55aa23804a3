import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type Shape, TABLES, type TableName } from '../../shared/records/tables.ts';

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
