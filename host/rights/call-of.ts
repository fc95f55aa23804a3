/** One call as IAM sees it: `dynamodb:GetItem` on an ARN. */
export interface Call {
  action: string;
  resource: string;
  /** what a listing is limited to */
  prefix?: string;
}

/** The fields of an SDK command that name a resource. */
export interface CommandInput {
  TableName?: string;
  IndexName?: string;
  QueueUrl?: string;
  Bucket?: string;
  Key?: string;
  VersionId?: string;
  Prefix?: string;
}

/** Commands on an object whose right has another name for a version. */
const OF_VERSION = ['GetObject', 'DeleteObject', 'GetObjectTagging', 'PutObjectTagging'];
/** Commands whose right has another name. */
const S3_ACTIONS: Record<string, string> = {
  HeadObject: 'GetObject',
  HeadBucket: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
};

/**
 * The call that IAM decides on for a command; null: on no resource.
 * @param account as in ARNs: `ap-northeast-1:000000000000`
 */
export function callOf(command: string, input: CommandInput, account: string): Call | null {
  const name = command.replace(/Command$/, '');
  if (input.TableName) {
    const table = `arn:aws:dynamodb:${account}:table/${input.TableName}`;
    const resource = input.IndexName ? `${table}/index/${input.IndexName}` : table;
    return { action: `dynamodb:${name}`, resource };
  }
  if (input.QueueUrl) {
    const queue = input.QueueUrl.split('/').at(-1);
    // IAM has no action of its own for a batch.
    return { action: `sqs:${name.replace(/Batch$/, '')}`, resource: `arn:aws:sqs:${account}:${queue}` };
  }
  if (!input.Bucket) return null;
  const bucket = `arn:aws:s3:::${input.Bucket}`;
  const action = S3_ACTIONS[name] ?? name;
  if (!input.Key) return { action: `s3:${action}`, resource: bucket, prefix: input.Prefix ?? '' };
  return { action: `s3:${ofVersion(action, input)}`, resource: `${bucket}/${input.Key}` };
}

const ofVersion = (action: string, { VersionId }: CommandInput): string =>
  VersionId && OF_VERSION.includes(action) ? action.replace('Object', 'ObjectVersion') : action;
