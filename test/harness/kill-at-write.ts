/** Loaded into a desk before it starts: ends the process with SIGKILL around the write KILL_AT_WRITE numbers. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';

const at = Number(process.env.KILL_AT_WRITE);
const isAfter = process.env.KILL_WHEN === 'after';
let writes = 0;
for (const client of [S3Client, SQSClient, DynamoDBClient]) {
  const send = client.prototype.send as (command: object, ...rest: unknown[]) => Promise<unknown>;
  (client.prototype as { send: unknown }).send = async function (
    this: unknown,
    command: object,
    ...rest: unknown[]
  ) {
    const isMine = /^(Put|Update|Send)/.test(command.constructor.name) && ++writes === at;
    if (isMine && !isAfter) process.kill(process.pid, 'SIGKILL');
    const answer = await send.call(this, command, ...rest);
    if (isMine) process.kill(process.pid, 'SIGKILL');
    return answer;
  };
}
