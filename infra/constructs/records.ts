import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  type ITable,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type Shape, TABLES, type TableName } from '../../shared/records/store/tables.ts';

export type TableAction = 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query' | 'Scan';

/** The tables: on demand, encrypted with the stack's key, with point-in-time recovery for 35 days. */
export class Records extends Construct {
  readonly tables: Record<TableName, ITable>;

  /** `restored`: names of tables that replace the stack's own, which stay as they are (RETAIN). */
  constructor(scope: Construct, id: string, key: IKey, restored: Partial<Record<TableName, string>> = {}) {
    super(scope, id);
    const make = ([name, shape]: [string, Shape]) => {
      const restoredName = restored[name as TableName];
      const tableId = name[0]!.toUpperCase() + name.slice(1);
      const table = restoredName
        ? Table.fromTableName(this, `Restored${tableId}`, restoredName)
        : this.table(tableId, shape, key);
      return [name, table] as const;
    };
    this.tables = Object.fromEntries(Object.entries(TABLES).map(make)) as Record<TableName, ITable>;
  }

  /** The policy statements for a table. `indexes`: those that Query may use, by default all. */
  grant(
    name: TableName,
    actions: TableAction[],
    indexes: string[] = ((TABLES[name] as Shape).indexes ?? []).map((one) => one.name),
  ): { actions: string[]; resources: string[] }[] {
    const { tableArn } = this.tables[name];
    const onTable = { actions: actions.map((action) => `dynamodb:${action}`), resources: [tableArn] };
    if (!actions.includes('Query') || indexes.length === 0) return [onTable];
    // Of all that may be done with a table only the query goes to an index.
    const resources = indexes.map((index) => `${tableArn}/index/${index}`);
    return [onTable, { actions: ['dynamodb:Query'], resources }];
  }

  private table(id: string, shape: Shape, key: IKey): Table {
    const text = (attribute: string) => ({ name: attribute, type: AttributeType.STRING });
    const table = new Table(this, id, {
      partitionKey: text(shape.partition),
      sortKey: shape.sort ? text(shape.sort) : undefined,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      ...(shape.expires && { timeToLiveAttribute: shape.expires }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const index of shape.indexes ?? [])
      table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.partition),
        sortKey: text(index.sort),
        projectionType: index.keysOnly
          ? ProjectionType.KEYS_ONLY
          : index.includes
            ? ProjectionType.INCLUDE
            : ProjectionType.ALL,
        ...(index.includes && { nonKeyAttributes: [...index.includes] }),
      });
    return table;
  }
}
