import { readFile } from 'node:fs/promises';
import { DescribeContinuousBackupsCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isOneMachine } from '../aws.ts';
import { tableNames } from '../environment.ts';

/** To when the records could be brought back. */
export interface LastBackup {
  /** copy: the folder was copied by `backup`; point_in_time: any second up to `at` */
  kind: 'copy' | 'point_in_time';
  at: string;
}

/** Null: no copy was made, or AWS does not say. */
export const lastBackup = (): Promise<LastBackup | null> => (isOneMachine() ? lastCopy() : pointInTime());

/** What `backup` noted in the folder of this machine. */
async function lastCopy(): Promise<LastBackup | null> {
  const note = process.env.UKETSUKE_LAST_BACKUP;
  const text = note ? await readFile(note, 'utf8').catch(() => null) : null;
  const made = text ? (JSON.parse(text) as { made_at?: unknown }).made_at : null;
  return typeof made === 'string' ? { kind: 'copy', at: made } : null;
}

/** DynamoDB keeps every change of 35 days (infra/constructs/records.ts). */
async function pointInTime(): Promise<LastBackup | null> {
  const { ContinuousBackupsDescription: found } = await new DynamoDBClient({}).send(
    new DescribeContinuousBackupsCommand({ TableName: tableNames().events }),
  );
  const at = found?.PointInTimeRecoveryDescription?.LatestRestorableDateTime;
  return at ? { kind: 'point_in_time', at: at.toISOString() } : null;
}
