import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STACK, synthesize } from '../../infra/synthesize.ts';

// The rights of each function, reviewed by hand. A right that is missing here fails the test, and so does a removed one:
// a commit that grants a right lists it here, and gives the reason in its body.

const SEES_KEY = ['kms:Decrypt kms:GenerateDataKey key'];
const READS_QUEUE = (queue: string): string[] => [
  'kms:Decrypt key',
  `sqs:ReceiveMessage sqs:ChangeMessageVisibility sqs:GetQueueUrl sqs:DeleteMessage sqs:GetQueueAttributes queue ${queue}`,
];
const LOGS = (name: string): string[] => [`logs:CreateLogStream logs:PutLogEvents log ${name}`];

const STAGES = ['intake', 'review', 'notify', 'summarise', 'ocr', 'replay', 'sweep'];
const QUEUES = STAGES.map((name) => `queue ${name}`);
const DEAD = STAGES.map((name) => `dead letters ${name}`);
/** Roles that people assume. */
const PEOPLE = ['operator', 'eraser', 'registrar'];

const MANAGED_RULE =
  'arn:AWS::Partition:events:AWS::Region:AWS::AccountId:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*';

const REVIEWED: Record<string, string[]> = {
  intake: [
    ...LOGS('intake'),
    ...READS_QUEUE('intake'),
    ...SEES_KEY,
    'sqs:SendMessage queue intake, queue review, queue notify, queue summarise, queue ocr',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:Query table events',
    'dynamodb:Query table events index pending open',
    'dynamodb:PutItem dynamodb:UpdateItem table submissions',
    'dynamodb:PutItem dynamodb:UpdateItem table cases',
    'dynamodb:GetItem dynamodb:UpdateItem dynamodb:Query table reviews',
    'dynamodb:Query table reviews index queue',
    // papers that have to follow
    'dynamodb:PutItem table watches',
    // how far the upload is
    'dynamodb:PutItem table progress',
    'dynamodb:GetItem dynamodb:Query table registries',
    's3:GetObject s3:GetObjectVersion inbox/uploads/*',
    's3:GetObject results/verdicts/*',
    's3:PutObject results/verdicts/*',
    // a copy without the files that carry a 個人番号, replaces the upload
    's3:PutObject s3:DeleteObjectVersion inbox/uploads/*',
    's3:ListBucketVersions inbox below uploads/',
    's3:GetObject results/texts/*',
    'dynamodb:PutItem table registries',
    's3:ListBucket results',
    's3:ListBucket inbox',
  ],
  review: [
    ...LOGS('review'),
    ...READS_QUEUE('review'),
    ...SEES_KEY,
    'dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:Query table events',
    'dynamodb:Query table events index pending open',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem table reviews',
    's3:GetObject results/verdicts/*',
    's3:ListBucket results',
  ],
  notify: [
    ...LOGS('notify'),
    ...READS_QUEUE('notify'),
    ...SEES_KEY,
    'dynamodb:PutItem dynamodb:Query table events',
    'dynamodb:Query table events index pending open',
    'dynamodb:GetItem dynamodb:PutItem table notices',
    'dynamodb:Query table submissions',
    'dynamodb:Query table submissions index office',
    'dynamodb:GetItem dynamodb:Query table registries',
    's3:GetObject results/verdicts/*',
    's3:PutObject results/offices/*',
    's3:ListBucket results',
  ],
  summarise: [
    ...LOGS('summarise'),
    ...READS_QUEUE('summarise'),
    ...SEES_KEY,
    'dynamodb:Query table cases',
    'dynamodb:Query table cases index person roster',
    'dynamodb:PutItem table events',
    'dynamodb:GetItem dynamodb:PutItem table summaries',
  ],
  ocr: [
    ...LOGS('ocr'),
    ...READS_QUEUE('ocr'),
    ...SEES_KEY,
    'sqs:SendMessage queue intake, queue ocr',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:Query table events',
    'dynamodb:Query table events index pending open',
    's3:GetObject s3:GetObjectVersion inbox/uploads/*',
    's3:GetObject results/texts/*',
    's3:PutObject results/texts/*',
    's3:ListBucket results',
    's3:ListBucket inbox',
  ],
  // What edited rules would change: reads as the intake does, and writes its own list.
  replay: [
    ...LOGS('replay'),
    ...READS_QUEUE('replay'),
    ...SEES_KEY,
    'sqs:SendMessage queue replay',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:Query table events',
    'dynamodb:Query table events index pending open',
    'dynamodb:GetItem dynamodb:Query table registries',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:Query table replays',
    'dynamodb:Query table cases',
    'dynamodb:Query table cases index person roster',
    'dynamodb:Query table summaries',
    's3:GetObject s3:GetObjectVersion inbox/uploads/*',
    's3:GetObject results/texts/*',
    's3:ListBucket results',
    's3:ListBucket inbox',
  ],
  sweep: [
    ...LOGS('sweep'),
    ...READS_QUEUE('sweep'),
    ...SEES_KEY,
    'sqs:SendMessage queue intake, queue review, queue notify, queue summarise, queue ocr',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:Query table events',
    'dynamodb:Query table events index pending open',
    'dynamodb:PutItem dynamodb:UpdateItem table submissions',
    'dynamodb:PutItem dynamodb:UpdateItem table cases',
    'dynamodb:GetItem dynamodb:UpdateItem dynamodb:Query table reviews',
    'dynamodb:Query table reviews index queue',
    'dynamodb:GetItem dynamodb:Query table registries',
    // papers that had to follow and have not come: an item for the 包括
    'dynamodb:GetItem dynamodb:Query table watches',
    'dynamodb:Query table watches index queue',
    'dynamodb:PutItem table reviews',
    'dynamodb:PutItem table watches',
    'dynamodb:PutItem table progress',
    'dynamodb:UpdateItem table progress',
    // how much waits for an office: the mail says so
    'dynamodb:Query table notices',
    'dynamodb:Query table notices index office',
    'dynamodb:Query table submissions',
    'dynamodb:Query table submissions index office',
    's3:GetObject results/verdicts/*',
    'dynamodb:GetItem dynamodb:Query table summaries',
    // to find uploads without a notification, and scans whose result was lost; it reads no object
    's3:ListBucketVersions inbox',
    's3:GetObjectTagging s3:GetObjectVersionTagging inbox/uploads/*',
    's3:ListBucket results',
  ],
  api: [
    ...LOGS('api'),
    ...SEES_KEY,
    'dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:Query table events',
    'dynamodb:Query table events index pending open',
    // an announcement points to its number; the owner withdraws a packet: its line, and what was awaited of it
    'dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:Query table submissions',
    'dynamodb:PutItem dynamodb:Query table watches',
    // the calendar of an area
    'dynamodb:Query table watches index area',
    'dynamodb:Query table submissions index office',
    'dynamodb:GetItem dynamodb:Query table notices',
    'dynamodb:Query table notices index office',
    'dynamodb:GetItem dynamodb:Query table summaries',
    // a reviewer acts: the event, the item, its case
    'dynamodb:UpdateItem dynamodb:Query table cases',
    'dynamodb:Query table cases index person roster',
    'dynamodb:GetItem dynamodb:UpdateItem dynamodb:Query table reviews',
    'dynamodb:Query table reviews index queue',
    // the further run of the packet, the letter, the numbers of the area; what edited rules would change
    'sqs:SendMessage queue intake, queue notify, queue summarise, queue replay',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:Query table replays',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:Query table registries',
    'dynamodb:PutItem dynamodb:Query table audit',
    'dynamodb:PutItem table progress',
    // the number of waiting uploads, to refuse new ones with Retry-After
    'sqs:GetQueueAttributes queue intake',
    's3:PutObject inbox/uploads/*',
    // the documents of a packet, shown to those who may read it
    's3:GetObject s3:GetObjectVersion inbox/uploads/*',
    's3:GetObject results/verdicts/*, results/offices/*',
    's3:ListBucket results',
    's3:ListBucket inbox',
  ],
  // A dry run: what decides besides the papers, and the packet they complete; it writes who read that packet
  check: [
    ...LOGS('check'),
    'kms:Decrypt key',
    'dynamodb:GetItem dynamodb:Query table events',
    'dynamodb:Query table events index pending open',
    'dynamodb:GetItem dynamodb:Query table registries',
    'dynamodb:PutItem table audit',
    's3:GetObject s3:GetObjectVersion inbox/uploads/*',
    's3:GetObject results/verdicts/*, results/texts/*',
    's3:ListBucket inbox, results',
  ],
  // The operation in the page: dead letters, counts, how far uploads are; no object and no case
  operate: [
    ...LOGS('operate'),
    ...SEES_KEY,
    `sqs:ReceiveMessage sqs:ChangeMessageVisibility sqs:DeleteMessage ${DEAD.join(', ')}`,
    `sqs:SendMessage ${QUEUES.join(', ')}`,
    `sqs:GetQueueAttributes ${[...QUEUES, ...DEAD].join(', ')}`,
    'dynamodb:DescribeContinuousBackups table events',
    'dynamodb:Query table progress',
    'dynamodb:GetItem dynamodb:UpdateItem table events',
    'dynamodb:GetItem dynamodb:Query table registries',
    'dynamodb:PutItem table audit',
  ],
  // A person: redrive, rebuild, replay, registry, status, trail, export, and retention but for the erasure.
  operator: [
    ...SEES_KEY,
    'dynamodb:PutItem dynamodb:Query table audit',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:Query dynamodb:Scan table events',
    'dynamodb:PutItem dynamodb:Query table submissions',
    'dynamodb:Query table submissions index office',
    'dynamodb:PutItem dynamodb:UpdateItem dynamodb:Query table cases',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:Query table reviews',
    'dynamodb:Query table events index open',
    'dynamodb:Query table reviews index queue',
    'dynamodb:PutItem table watches',
    'dynamodb:GetItem dynamodb:PutItem table notices',
    'dynamodb:GetItem dynamodb:PutItem table summaries',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:Query table registries',
    'dynamodb:PutItem table progress',
    `sqs:ReceiveMessage sqs:ChangeMessageVisibility sqs:DeleteMessage ${DEAD.join(', ')}`,
    `sqs:SendMessage ${QUEUES.join(', ')}`,
    `sqs:GetQueueAttributes ${[...QUEUES, ...DEAD].join(', ')}`,
    's3:GetObjectVersion inbox/uploads/*',
    's3:GetObject results/verdicts/*, results/offices/*, results/texts/*',
    // a letter that was lost
    's3:PutObject results/offices/*',
    's3:ListBucket s3:ListBucketVersions inbox, results',
    's3:GetObjectRetention s3:PutObjectRetention s3:PutObjectLegalHold inbox/uploads/*, results/verdicts/*, results/offices/*',
  ],
  // A person: the erasure of cases whose retention has ended. Locks stay: no role may bypass governance.
  eraser: [
    ...SEES_KEY,
    'dynamodb:PutItem dynamodb:Query dynamodb:DeleteItem table audit',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:Scan dynamodb:DeleteItem table events',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:DeleteItem table submissions',
    'dynamodb:PutItem dynamodb:Query dynamodb:DeleteItem table cases',
    'dynamodb:GetItem dynamodb:DeleteItem table reviews',
    'dynamodb:DeleteItem table watches',
    'dynamodb:GetItem dynamodb:DeleteItem table notices',
    // whether the desk has registries
    'dynamodb:GetItem table registries',
    'dynamodb:DeleteItem table progress',
    's3:GetObjectVersion inbox/uploads/*',
    's3:GetObject results/verdicts/*, results/offices/*, results/texts/*',
    's3:DeleteObjectVersion inbox/uploads/*, results/verdicts/*, results/offices/*, results/texts/*',
    // the receipt of an upload with other cases, without the erased one
    's3:PutObject results/offices/*',
    's3:ListBucket inbox, results',
    's3:ListBucketVersions results',
  ],
  // A person: who may sign in to the desk. No record.
  registrar: [
    ...SEES_KEY,
    'dynamodb:PutItem table audit',
    // whether the desk can be reached
    'dynamodb:GetItem table registries',
    'cognito-idp:ListUsers cognito-idp:AdminListGroupsForUser cognito-idp:AdminCreateUser cognito-idp:AdminUpdateUserAttributes cognito-idp:AdminAddUserToGroup cognito-idp:AdminRemoveUserFromGroup cognito-idp:AdminDisableUser cognito-idp:AdminEnableUser cognito-idp:AdminUserGlobalSignOut cognito-idp:AdminSetUserMFAPreference ConsoleUsers',
  ],
  // GuardDuty's malware scan: as AWS documents it, limited to the uploads
  scanner: [
    `events:PutRule events:DeleteRule events:PutTargets events:RemoveTargets ${MANAGED_RULE}`,
    `events:DescribeRule events:ListTargetsByRule ${MANAGED_RULE}`,
    's3:GetBucketNotification s3:PutBucketNotification s3:ListBucket inbox',
    's3:PutObject inbox/malware-protection-resource-validation-object',
    's3:GetObject s3:GetObjectVersion s3:GetObjectTagging s3:GetObjectVersionTagging s3:PutObjectTagging s3:PutObjectVersionTagging inbox/uploads/*',
    ...SEES_KEY,
  ],
  // the schedule, which starts the sweeper
  clock: [...SEES_KEY, 'sqs:SendMessage queue sweep'],
};

// biome-ignore lint/suspicious/noExplicitAny: a template is free-form
type Any = any;
const assembly = synthesize({ outdir: join(tmpdir(), `uketsuke-rights-${process.pid}`), bundle: false });
const template = assembly.getStackByName(STACK).template as {
  Resources: Record<string, { Type: string; Properties: Any; Condition?: string }>;
  Parameters: Record<string, Any>;
  Conditions: Record<string, Any>;
};
const resources = template.Resources;
const all = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);

/** `IntakeQueue6FB53B87` → `queue intake`, `RecordsEvents…` → `table events`, the names used in this test. */
function nameOf(logicalId: string): string {
  const bare = logicalId.replace(/[0-9A-F]{8}$/, '');
  const patterns: [RegExp, (name: string) => string][] = [
    [/^StorageKey$/, () => 'key'],
    [/^Storage(\w+)$/, (name) => name],
    [/^Records(\w+)$/, (name) => `table ${name}`],
    [/^(\w+?)(?:Step)?Logs$/, (name) => `log ${name}`],
    [/^(\w+)DeadLetters$/, (name) => `dead letters ${name}`],
    [/^(\w+)Queue$/, (name) => `queue ${name}`],
  ];
  for (const [pattern, say] of patterns) {
    const match = pattern.exec(bare);
    if (match) return say((match[1] ?? '').toLowerCase());
  }
  return bare;
}

function resourceName(resource: Any): string {
  if (typeof resource === 'string') return resource;
  if (resource['Fn::GetAtt']) return nameOf(resource['Fn::GetAtt'][0]);
  if (resource.Ref) return nameOf(resource.Ref);
  return resource['Fn::Join'][1]
    .map((part: Any) => (typeof part === 'string' ? part : resourceName(part)))
    .join('');
}

/** The resources as one text, the indexes of a table as `table events index pending open`. */
function resourcesOf(statement: Any): string {
  const names = [statement.Resource].flat().map(resourceName);
  const tables = names.filter((name) => !name.includes('/index/'));
  const indexes = names.filter((name) => name.includes('/index/')).map((name) => name.split('/index/')[1]);
  if (indexes.length === 0) return tables.join(', ');
  const table = names[0]!.split('/index/')[0];
  return `${table} index ${indexes.join(' ')}`;
}

/** A list right on a bucket that is limited to a prefix. */
function prefixOf(statement: Any): string {
  const prefix = statement.Condition?.StringLike?.['s3:prefix'];
  return prefix ? ` below ${prefix.replace(/\*$/, '')}` : '';
}

function rightsOf(roleId: string): string[] {
  return all('AWS::IAM::Policy')
    .filter(([, { Properties }]) => Properties.Roles.some((role: Any) => role.Ref === roleId))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .map(
      (statement: Any) =>
        `${[statement.Action].flat().join(' ')} ${resourcesOf(statement)}${prefixOf(statement)}`,
    );
}

const SERVICES: Record<string, string> = {
  'scheduler.amazonaws.com': 'clock',
  'malware-protection-plan.guardduty.amazonaws.com': 'scanner',
};
const roles = new Map(
  all('AWS::IAM::Role').map(([id, { Properties }]) => {
    const person = /^Operators([A-Z][a-z]+)/.exec(id)?.[1]?.toLowerCase();
    const service = Properties.AssumeRolePolicyDocument.Statement[0].Principal.Service;
    const fn = all('AWS::Lambda::Function').find(([, f]) => f.Properties.Role['Fn::GetAtt'][0] === id);
    const entry = (fn?.[1] as Any)?.Metadata?.['uketsuke:entry']?.split('/')[1];
    return [person ?? entry ?? SERVICES[service] ?? id, id] as const;
  }),
);

const functions = [...roles].filter(([name]) => !PEOPLE.includes(name));

describe('least privilege', () => {
  it('leaves no role out of the review', () => {
    expect([...roles.keys()].sort()).toEqual(Object.keys(REVIEWED).sort());
  });

  it.each(Object.entries(REVIEWED))('grants %s what was reviewed and nothing else', (name, reviewed) => {
    expect(rightsOf(roles.get(name)!).sort()).toEqual([...reviewed].sort());
  });

  it('uses no wildcard but the end of an object’s name, and lets every role be assumed in one way', () => {
    for (const [name, id] of roles) {
      // GuardDuty chooses the end of the name of its own rule.
      for (const right of rightsOf(id))
        expect(
          right.replace(MANAGED_RULE, '').replace(/(?<=(?:\w\/|is )\w+\/)\*(?=,|$)/g, ''),
          name,
        ).not.toContain('*');
      const { Statement } = resources[id]!.Properties.AssumeRolePolicyDocument;
      expect(Statement).toHaveLength(1);
      expect(resources[id]!.Properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });

  it('lets a function read its own queue only, and the API the length of the intake’s; it sends what follows from a review', () => {
    for (const [name, id] of functions)
      for (const right of rightsOf(id))
        if (right.includes('sqs:ReceiveMessage'))
          // The operator's function receives dead letters alone.
          expect(right.endsWith(name === 'operate' ? DEAD.join(', ') : `queue ${name}`), name).toBe(true);
    const api = rightsOf(roles.get('api')!).filter((right) => right.includes('sqs:'));
    expect(api.toSorted()).toEqual([
      'sqs:GetQueueAttributes queue intake',
      'sqs:SendMessage queue intake, queue notify, queue summarise, queue replay',
    ]);
  });

  it('lets only the eraser (and the intake, for uploads) delete a record, an object or a version, and no role bypass a lock', () => {
    for (const [name, id] of roles) {
      const rights = rightsOf(id).join();
      // The intake deletes the version that its redacted copy replaces (個人番号), and nothing else.
      const deletes = rights.replace('s3:PutObject s3:DeleteObjectVersion inbox/uploads/*', '');
      if (name !== 'eraser')
        expect(name === 'intake' ? deletes : rights, name).not.toMatch(/:Delete(?!Message\b|Rule\b)/);
      expect(rights, name).not.toMatch(/Bypass|PutBucket(?!Notification)|s3:DeleteObject\b/);
      if (name !== 'operator') expect(rights, name).not.toMatch(/LegalHold|PutObjectRetention/);
    }
  });
});

describe('a role that people assume', () => {
  it.each(PEOPLE)(
    '%s exists only where the deployment names its principals, and requires a second factor',
    (name) => {
      const { Condition, Properties } = resources[roles.get(name)!]!;
      const parameter = `${name[0]!.toUpperCase()}${name.slice(1)}Principals`;
      expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: { Ref: parameter } },
          Condition: {
            Bool: { 'aws:MultiFactorAuthPresent': 'true' },
            NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
          },
        },
      ]);
      expect(template.Parameters[parameter]).toMatchObject({ Type: 'CommaDelimitedList', Default: '' });
      expect(JSON.stringify(template.Conditions[Condition!])).toContain(`{"Ref":"${parameter}"}`);
      for (const [id, policy] of all('AWS::IAM::Policy'))
        if (policy.Properties.Roles.some((role: Any) => role.Ref === roles.get(name)))
          expect(policy.Condition, id).toBe(Condition);
    },
  );

  it('uses the key only through the services', () => {
    for (const name of PEOPLE) {
      const [statement] = all('AWS::IAM::Policy').flatMap(([, { Properties }]) =>
        Properties.Roles.some((role: Any) => role.Ref === roles.get(name))
          ? Properties.PolicyDocument.Statement.filter((one: Any) => resourcesOf(one) === 'key')
          : [],
      );
      expect(statement.Condition.StringEquals['kms:ViaService'], name).toHaveLength(3);
    }
  });
});

describe('an operator of IAM Identity Center', () => {
  const { Resources } = synthesize({
    outdir: join(tmpdir(), `uketsuke-sso-${process.pid}`),
    bundle: false,
    context: { operatorSignIn: 'sso' },
  }).getStackByName(STACK).template as typeof template;

  it.each(PEOPLE)(
    'assumes the role %s by a permission-set role that the deployment names, and by no other',
    (name) => {
      const { Statement } = Resources[roles.get(name)!]!.Properties.AssumeRolePolicyDocument;
      const parameter = `${name[0]!.toUpperCase()}${name.slice(1)}Principals`;
      expect(Statement).toHaveLength(1);
      expect(JSON.stringify(Statement[0].Principal)).toContain(':root');
      expect(Statement[0].Condition.ArnLike).toEqual({ 'aws:PrincipalArn': { Ref: parameter } });
      expect(JSON.stringify(Statement[0].Condition.StringLike)).toContain(
        'role/aws-reserved/sso.amazonaws.com/*',
      );
    },
  );
});

describe('a person who has signed in', () => {
  it('cannot change the office, city or area of the account', () => {
    const [client] = all('AWS::Cognito::UserPoolClient');
    expect(client?.[1].Properties.WriteAttributes).toEqual(['locale']);
  });
});

describe('every function', () => {
  it('is not set to log errors with their texts', () => {
    for (const [id, { Properties }] of all('AWS::Lambda::Function'))
      expect(Object.keys(Properties.Environment.Variables), id).not.toContain('UKETSUKE_DEBUG');
  });
});
