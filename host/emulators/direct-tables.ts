import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { marshall, type marshallOptions, unmarshall } from '@aws-sdk/util-dynamodb';
import { type Answer, type Client, failure, nameOfError } from './direct-clients.ts';
import type { TableStore } from './table-store.ts';

/** The commands of a document client that read or write items. */
const COMMANDS = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan'];

type Item = Record<string, unknown>;
type Attributes = Parameters<typeof unmarshall>[0];

/** Answers a client below a DynamoDBDocumentClient from the tables of this process. */
export const tableAnswers =
  (client: Client, tables: TableStore): Answer =>
  (command, input) =>
    COMMANDS.includes(command) ? () => ask(tables, command, inputOf(input, optionsOf(client))) : null;

async function ask(tables: TableStore, command: string, input: Item): Promise<Item> {
  const { status, body } = await tables.request(command, JSON.stringify(input));
  const answer = JSON.parse(body) as Item;
  if (status === 200) return outputOf(answer);
  const { __type, message, Message } = answer;
  throw new DynamoDBServiceException(failure(nameOfError(__type), String(message ?? Message), status));
}

/** The document client leaves its options in the configuration; it marshalls single values, and this whole items. */
function optionsOf({ config }: Client): marshallOptions {
  const { translateConfig } = config as { translateConfig?: { marshallOptions?: marshallOptions } };
  return { ...translateConfig?.marshallOptions, convertTopLevelContainer: false };
}

function inputOf(input: Item, options: marshallOptions): Item {
  const marshalled: Item = { ...input };
  for (const name of ['Item', 'Key', 'ExpressionAttributeValues', 'ExclusiveStartKey'])
    if (input[name] !== undefined) marshalled[name] = marshall(input[name] as Item, options);
  return marshalled;
}

function outputOf(answer: Item): Item {
  const output: Item = { ...answer };
  for (const name of ['Item', 'Attributes', 'LastEvaluatedKey'])
    if (answer[name] !== undefined) output[name] = unmarshall(answer[name] as Attributes);
  if (answer.Items) output.Items = (answer.Items as Attributes[]).map((item) => unmarshall(item));
  return output;
}
