import { type LocalName, resolver, resourcesOf, type Template } from '../../../host/template.ts';
import { INBOX, RESULTS } from '../../harness/world.ts';

const ACCOUNT = 'ap-northeast-1:000000000000';

/** Resolves the values of the template to the names of the cloud in memory. */
export function namesOfHarness(template: Template): (value: unknown) => string {
  const names = new Map<string, LocalName>();
  const add = (id: string, ref: string, Arn: string) => names.set(id, { ref, attributes: { Arn } });
  for (const [id] of resourcesOf(template, 'AWS::DynamoDB::Table')) {
    const name = /^Records([A-Za-z]+?)[0-9A-F]{8}$/.exec(id)![1]!.toLowerCase();
    add(id, name, `arn:aws:dynamodb:${ACCOUNT}:table/${name}`);
  }
  for (const [id, { Properties }] of resourcesOf(template, 'AWS::S3::Bucket')) {
    const bucket = Properties.NotificationConfiguration ? INBOX : RESULTS;
    add(id, bucket, `arn:aws:s3:::${bucket}`);
  }
  for (const [id] of resourcesOf(template, 'AWS::SQS::Queue')) {
    const name = id.replace(/(Queue|DeadLetters)[0-9A-F]{8}$/, '').toLowerCase();
    add(id, name, `arn:aws:sqs:${ACCOUNT}:${name}`);
  }
  return resolver(names);
}

/** `intake dynamodb:PutItem arn:aws:…:table/RecordsEventsB0FC4A74` → `intake dynamodb:PutItem events`, for both clouds. */
export const plainRight = (right: string): string =>
  right
    .replace(/arn:aws:(dynamodb:.*:table\/|sqs:.*:|s3:::)/, '')
    .replace(/Records([A-Za-z]+?)[0-9A-F]{8}/, (_, name: string) => name.toLowerCase())
    .replace(/([A-Z][a-z]+)(Queue|DeadLetters)[0-9A-F]{8}(\.fifo)?/, (_, name: string) => name.toLowerCase())
    .replace(/storageresults[0-9a-f]{8}/, 'results')
    .replace(/uketsuke-inbox-[0-9a-z-]+/, 'inbox');
