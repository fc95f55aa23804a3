import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, it } from 'vitest';
import { outputOf, settingOf } from '../../functions/environment.ts';
import { Records } from '../../infra/constructs/records.ts';
import { MAX_UPLOAD_BYTES, STAGES } from '../../infra/settings.ts';
import { STACK, synthesize } from '../../infra/synthesize.ts';

// Properties of ALL resources of the template: a new queue, table or bucket is checked without a new test.
interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is free-form
  Properties: any;
  Metadata?: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}
const assembly = synthesize({ outdir: join(tmpdir(), `uketsuke-template-${process.pid}`), bundle: false });
const resources = assembly.getStackByName(STACK).template.Resources as Record<string, Resource>;
const all = (type: string) => Object.entries(resources).filter(([, r]) => r.Type === type);
const refOf = (value: { Ref?: string; 'Fn::GetAtt'?: string[] }) =>
  value.Ref ?? value['Fn::GetAtt']?.[0] ?? '';
const resource = (id: string) => resources[id]!;

describe('every queue', () => {
  const queues = all('AWS::SQS::Queue');
  const targets = new Set(
    queues.map(([, q]) => refOf(q.Properties.RedrivePolicy?.deadLetterTargetArn ?? {})),
  );

  it('has a dead-letter queue that keeps longer than its source, after at least five tries', () => {
    const sources = queues.filter(([id]) => !targets.has(id));
    expect(sources).toHaveLength(Object.keys(STAGES).length);
    for (const [id, queue] of sources) {
      const policy = queue.Properties.RedrivePolicy;
      expect(policy?.maxReceiveCount, id).toBeGreaterThanOrEqual(5);
      const dead = resource(refOf(policy.deadLetterTargetArn)).Properties;
      expect(dead.MessageRetentionPeriod, id).toBeGreaterThan(queue.Properties.MessageRetentionPeriod);
      expect(Boolean(dead.FifoQueue), id).toBe(Boolean(queue.Properties.FifoQueue));
    }
  });

  it('is encrypted with the desk’s key and refuses plain connections', () => {
    for (const [id, queue] of queues) {
      expect(queue.Properties.KmsMasterKeyId, id).toBeDefined();
      expect(refusesPlain(id, 'AWS::SQS::QueuePolicy', 'Queues'), id).toBe(true);
    }
  });
});

describe('every event source', () => {
  const mappings = all('AWS::Lambda::EventSourceMapping');

  it('answers per message and limits its concurrency', () => {
    for (const [id, mapping] of mappings) {
      expect(mapping.Properties.FunctionResponseTypes, id).toEqual(['ReportBatchItemFailures']);
      expect(mapping.Properties.ScalingConfig.MaximumConcurrency, id).toBeGreaterThanOrEqual(2);
    }
  });

  it('reads a queue whose messages stay hidden for six times the function’s timeout', () => {
    for (const [id, mapping] of mappings) {
      const queue = resource(refOf(mapping.Properties.EventSourceArn)).Properties;
      const fn = resource(refOf(mapping.Properties.FunctionName)).Properties;
      expect(queue.VisibilityTimeout, id).toBeGreaterThanOrEqual(6 * fn.Timeout);
    }
  });

  it('lets a function that sends to its own queue go on, however long the chain', () => {
    const own = mappings
      .map(([, { Properties }]) => resource(refOf(Properties.FunctionName)))
      .filter(({ Metadata }) => /(intake|ocr|replay)\/handler/.test(String(Metadata?.['uketsuke:entry'])));
    expect(own.map(({ Properties }) => Properties.RecursiveLoop)).toEqual(['Allow', 'Allow', 'Allow']);
    const all = mappings.map(([, { Properties }]) => resource(refOf(Properties.FunctionName)).Properties);
    expect(all.filter(({ RecursiveLoop }) => RecursiveLoop)).toHaveLength(3);
  });

  it('leaves the API runs that no queue can take', () => {
    const api = all('AWS::Lambda::Function').find(([id]) => id.startsWith('Api'))![1].Properties;
    expect(api.ReservedConcurrentExecutions).toBeGreaterThan(0);
    const taken = Object.values(STAGES).reduce((sum, { maxConcurrency }) => sum + maxConcurrency, 0);
    // docs/deploy.md asks for a quota of 200, of which AWS keeps 100 unreserved.
    expect(api.ReservedConcurrentExecutions + taken).toBeLessThanOrEqual(100);
  });

  it('has room for two of the largest uploads where uploads are read', () => {
    for (const stage of [STAGES.intake, STAGES.ocr])
      expect(stage.scratchMb, stage.name).toBeGreaterThanOrEqual((2 * MAX_UPLOAD_BYTES) / 1024 ** 2 + 512);
  });

  it('connects every queue that is not a dead-letter queue to its function', () => {
    expect(mappings).toHaveLength(Object.keys(STAGES).length);
  });
});

describe('every stored object', () => {
  it('can be locked by itself, without a default period', () => {
    for (const name of ['StorageInbox', 'StorageResults']) {
      const [, bucket] = all('AWS::S3::Bucket').find(([id]) => id.startsWith(name))!;
      expect(bucket.Properties.ObjectLockEnabled, name).toBe(true);
      // A default would start at the upload and be a number of the law in code: the years run from 完結の日.
      expect(bucket.Properties.ObjectLockConfiguration, name).toBeUndefined();
    }
  });

  it('can be removed by no function of the desk, nor its lock lifted', () => {
    const granted = all('AWS::IAM::Policy')
      .filter(([id]) => !id.startsWith('Operators'))
      .flatMap(([id, p]) =>
        p.Properties.PolicyDocument.Statement.flatMap((s: { Action: string | string[] }) =>
          [s.Action].flat().map((action) => `${id.replace(/Step.*/, '')} ${action}`),
        ),
      );
    const removing = /Delete(Object|Item|Table|Bucket)|BypassGovernance|LegalHold|PutObjectRetention/;
    // An upload that is redacted (個人番号): the version that the copy replaces is deleted.
    expect(granted.filter((one) => removing.test(one))).toEqual(['Intake s3:DeleteObjectVersion']);
  });
});

describe('every bucket', () => {
  it('is encrypted, versioned, closed to the public, kept, and refuses plain connections', () => {
    for (const [id, bucket] of all('AWS::S3::Bucket')) {
      const p = bucket.Properties;
      expect(p.BucketEncryption.ServerSideEncryptionConfiguration, id).toHaveLength(1);
      expect(p.VersioningConfiguration, id).toEqual({ Status: 'Enabled' });
      expect(p.PublicAccessBlockConfiguration, id).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect([bucket.DeletionPolicy, bucket.UpdateReplacePolicy], id).toEqual([
        'RetainExceptOnCreate',
        'Retain',
      ]);
      expect(refusesPlain(id, 'AWS::S3::BucketPolicy', 'Bucket'), id).toBe(true);
    }
  });

  it('notifies the intake queue of every upload without a hidden function', () => {
    const notifications = all('AWS::S3::Bucket').flatMap(
      ([, b]) => b.Properties.NotificationConfiguration?.QueueConfigurations ?? [],
    );
    expect(notifications).toHaveLength(1);
    expect(all('Custom::S3BucketNotifications')).toHaveLength(0);
    // besides the stages: the API, the one that only checks, and the one of the operator
    expect(all('AWS::Lambda::Function')).toHaveLength(Object.keys(STAGES).length + 3);
  });
});

describe('the malware scan', () => {
  const [[planId, plan] = []] = all('AWS::GuardDuty::MalwareProtectionPlan');
  const roleId = refOf(plan?.Properties.Role);
  const [, inboxPolicy] = all('AWS::S3::BucketPolicy').find(([id]) => id.startsWith('StorageInbox'))!;
  const denied = inboxPolicy.Properties.PolicyDocument.Statement.filter(
    (s: { Condition?: { ArnNotEquals?: object } }) => s.Condition?.ArnNotEquals,
  );

  it('covers every upload and tags it, with a role that only GuardDuty assumes', () => {
    expect(planId).toBeDefined();
    expect(plan!.Properties.ProtectedResource.S3Bucket.ObjectPrefixes).toEqual(['uploads/']);
    expect(plan!.Properties.Actions).toEqual({ Tagging: { Status: 'ENABLED' } });
    const [trust] = resource(roleId).Properties.AssumeRolePolicyDocument.Statement;
    expect(trust.Principal).toEqual({ Service: 'malware-protection-plan.guardduty.amazonaws.com' });
    const [, inbox] = all('AWS::S3::Bucket').find(([id]) => id.startsWith('StorageInbox'))!;
    // GuardDuty would switch it on by itself, and the next deployment would switch it off again.
    expect(inbox.Properties.NotificationConfiguration.EventBridgeConfiguration).toEqual({
      EventBridgeEnabled: true,
    });
  });

  it('denies every role but the scanner to read what is not clean, and to set the tag', () => {
    expect(denied).toHaveLength(2);
    for (const s of denied) {
      expect(s.Effect).toBe('Deny');
      expect(s.Principal).toEqual({ AWS: '*' });
      expect(refOf(s.Condition.ArnNotEquals['aws:PrincipalArn'])).toBe(roleId);
      expect(s.Resource['Fn::Join'][1][1]).toBe('/uploads/*');
    }
    const [read, tag] = denied;
    expect(read.Action).toEqual(['s3:GetObject', 's3:GetObjectVersion']);
    // A missing tag is not equal either.
    expect(read.Condition.StringNotEquals).toEqual({
      's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND',
    });
    expect(tag.Action).toEqual([
      's3:PutObjectTagging',
      's3:PutObjectVersionTagging',
      's3:DeleteObjectTagging',
      's3:DeleteObjectVersionTagging',
    ]);
    expect(Object.keys(tag.Condition)).toEqual(['ArnNotEquals']);
  });

  it('notifies the intake of results for this bucket alone, and may write to its encrypted queue', () => {
    const [[ruleId, rule] = []] = all('AWS::Events::Rule');
    expect(rule!.Properties.EventPattern).toMatchObject({
      source: ['aws.guardduty'],
      'detail-type': ['GuardDuty Malware Protection Object Scan Result'],
      detail: { s3ObjectDetails: { objectKey: [{ prefix: 'uploads/' }] } },
    });
    const queueId = refOf(rule!.Properties.Targets[0].Arn);
    const policy = all('AWS::SQS::QueuePolicy').find(([, p]) =>
      p.Properties.Queues.some((queue: { Ref?: string }) => refOf(queue) === queueId),
    )!;
    const sends = policy[1].Properties.PolicyDocument.Statement.find(
      (s: { Principal: { Service?: string } }) => s.Principal.Service === 'events.amazonaws.com',
    );
    expect(refOf(sends.Condition.ArnEquals['aws:SourceArn'])).toBe(ruleId);
    const [, key] = all('AWS::KMS::Key')[0]!;
    const uses = key.Properties.KeyPolicy.Statement.find(
      (s: { Principal: { Service?: string } }) => s.Principal.Service === 'events.amazonaws.com',
    );
    expect(uses.Action).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  });

  it('leaves no resource where it is switched off, and uploads are opened at once', () => {
    const outdir = join(tmpdir(), `uketsuke-malwareUnchecked-${process.pid}`);
    const off = synthesize({ outdir, bundle: false, malwareScan: false }).getStackByName(STACK).template;
    expect(JSON.stringify(off)).not.toMatch(/guardduty/i);
    const fn = Object.values(off.Resources as Record<string, Resource>).find(
      (r) => r.Metadata?.['uketsuke:entry'] === 'functions/intake/handler.ts',
    );
    expect(fn?.Properties.Environment.Variables.MALWARE_SCAN).toBe('off');
  });
});

describe('every table', () => {
  it('is on demand, encrypted with the desk’s key, recoverable to a point in time, and kept', () => {
    for (const [id, table] of all('AWS::DynamoDB::Table')) {
      expect(table.Properties.BillingMode, id).toBe('PAY_PER_REQUEST');
      expect(table.Properties.SSESpecification.SSEType, id).toBe('KMS');
      expect(table.Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled, id).toBe(true);
      expect(table.DeletionPolicy, id).toBe('Retain');
    }
  });
});

describe('every permission', () => {
  // biome-ignore lint/suspicious/noExplicitAny: a statement is free-form
  type Statement = { id: string; type: string } & Record<string, any>;
  const statements: Statement[] = Object.entries(resources).flatMap(([id, { Type, Properties: p }]) =>
    [p?.PolicyDocument, p?.KeyPolicy, p?.AssumeRolePolicyDocument]
      .filter(Boolean)
      .flatMap((document) => document.Statement)
      .map((statement) => ({ ...statement, id, type: Type })),
  );

  it('names its actions one by one', () => {
    const granted = statements.filter((s) => s.Effect === 'Allow');
    expect(granted.length).toBeGreaterThan(40);
    for (const { id, Action } of granted) expect([Action].flat().join(' '), id).not.toContain('*');
  });

  it('names its resources in every role', () => {
    for (const { id, type, Resource } of statements)
      if (type === 'AWS::IAM::Policy') expect([Resource].flat(), id).not.toContain('*');
  });

  it('grants nothing to an anonymous principal', () => {
    for (const { id, Effect, Principal } of statements)
      if (Effect === 'Allow' && Principal) expect(JSON.stringify(Principal), id).not.toContain('"*"');
  });

  it('comes from no managed policy', () => {
    for (const [id, role] of all('AWS::IAM::Role'))
      expect(role.Properties.ManagedPolicyArns, id).toBeUndefined();
  });
});

describe('every function', () => {
  it('runs on Node 24 on the processor its native parts are for, with its own encrypted log, and names its handler', () => {
    for (const [id, fn] of all('AWS::Lambda::Function')) {
      expect(fn.Properties.Runtime, id).toBe('nodejs24.x');
      const readsPictures = fn.Metadata?.['uketsuke:entry'] === 'functions/ocr/handler.ts';
      const cpu = readsPictures ? 'x86_64' : 'arm64';
      expect(fn.Properties.Architectures, id).toEqual([cpu]);
      expect(fn.Properties.LoggingConfig.LogGroup, id).toBeDefined();
      expect(fn.Metadata?.['uketsuke:entry'], id).toMatch(/^functions\/[a-z]+\/handler\.ts$/);
    }
    for (const [id, log] of all('AWS::Logs::LogGroup')) {
      expect(log.Properties.KmsKeyId, id).toBeDefined();
      expect(log.Properties.RetentionInDays, id).toBeGreaterThan(0);
    }
  });
});

describe('the outputs', () => {
  it('contain every setting of the functions, and the addresses of the queues and dead-letter queues', () => {
    const outputs = Object.keys(assembly.getStackByName(STACK).template.Outputs).map(settingOf);
    const variables = all('AWS::Lambda::Function').flatMap(([, fn]) =>
      Object.keys(fn.Properties.Environment.Variables),
    );
    // Folders of a bundle, and how people sign in, are no settings of the desk.
    const settings = [...new Set(variables)].filter((name) => !/^(UKETSUKE|AUTH)_/.test(name));
    expect(outputs).toEqual(expect.arrayContaining(settings));
    for (const name of Object.keys(STAGES).map((stage) => stage.toUpperCase()))
      expect(outputs).toEqual(expect.arrayContaining([`QUEUE_${name}`, `DEAD_${name}`]));
  });

  it('have names that map back to the settings', () => {
    for (const name of ['INBOX', 'TABLE_EVENTS', 'REVIEW_DUE_DAYS', 'AWS_REGION'])
      expect(settingOf(outputOf(name))).toBe(name);
  });
});

describe('a restored table', () => {
  it('replaces the stack’s own table, with its indexes, and the stack releases its own', () => {
    const stack = new Stack(new App(), 'Restored');
    const records = new Records(stack, 'Records', new Key(stack, 'Key'), { events: 'events-0612' });
    expect(records.tables.events.tableName).toBe('events-0612');
    const grants = JSON.stringify(stack.resolve(records.grant('events', ['Query'])));
    expect(grants).toContain('table/events-0612/index/open');
    const made = Object.values(Template.fromStack(stack).findResources('AWS::DynamoDB::Table'));
    expect(made).toHaveLength(Object.keys(records.tables).length - 1);
  });
});

describe('every route', () => {
  it('authenticates the caller, except for the page itself and the sign-in', () => {
    const open = all('AWS::ApiGatewayV2::Route').filter(([, r]) => r.Properties.AuthorizationType !== 'JWT');
    expect(open.map(([, r]) => r.Properties.RouteKey).sort()).toEqual([
      'GET /',
      'GET /session',
      'GET /web/{file}',
    ]);
  });
});

describe('two deployments', () => {
  const outdir = join(tmpdir(), `uketsuke-stages-${process.pid}`);
  const named = (stage: string) =>
    synthesize({ outdir, bundle: false, context: { stage } }).getStackByName(`Uketsuke-${stage}`);

  it('share no name, so that 検証 and 本番 are in one account', () => {
    // Names that are unique in an account or in the world.
    const fixed = (template: object) =>
      [...JSON.stringify(template).matchAll(/"uketsuke-[a-z0-9-]+"/g)].map(([name]) => name).sort();
    const [first, second] = [named('kensho').template, named('honban').template];
    expect(fixed(first).length).toBeGreaterThan(0);
    expect(fixed(first).filter((name) => fixed(second).includes(name))).toEqual([]);
  });

  it('are refused a name that no bucket may have', () => {
    expect(() => named('検証')).toThrow('2〜12字');
  });

  it('are in Tokyo unless the deployment names another region, and are not removed by mistake', () => {
    const stack = assembly.getStackByName(STACK);
    expect(stack.environment.region).toBe('ap-northeast-1');
    expect(stack.terminationProtection).toBe(true);
    const osaka = synthesize({ outdir, bundle: false, context: { region: 'ap-northeast-3' } });
    expect(osaka.getStackByName(STACK).environment.region).toBe('ap-northeast-3');
  });
});

describe('the bill and the runbook of a deployment', () => {
  it('have its name and its address', () => {
    const own = synthesize({
      outdir: join(tmpdir(), `uketsuke-own-runbook-${process.pid}`),
      bundle: false,
      context: { stage: 'kensho', runbook: 'https://city.example.lg.jp/runbook' },
    }).getStackByName('Uketsuke-kensho').template.Resources as typeof resources;
    const of = (type: string) => Object.entries(own).filter(([, { Type }]) => Type === type);
    const alarms = of('AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(0);
    for (const [id, { Properties }] of alarms)
      expect(Properties.AlarmDescription, id).toContain('https://city.example.lg.jp/runbook#');
    for (const type of ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::Lambda::Function'])
      for (const [id, { Properties }] of of(type))
        expect(Properties.Tags, id).toContainEqual({ Key: 'uketsuke', Value: 'kensho' });
  });

  it('show refused and failed requests of the API on the dashboard', () => {
    const [, dashboard] = all('AWS::CloudWatch::Dashboard')[0]!;
    const body = JSON.stringify(dashboard.Properties.DashboardBody);
    for (const metric of ['4xx', '5xx']) expect(body).toContain(`\\"${metric}\\"`);
  });
});

describe('the stack', () => {
  it('has the number of resources its parts explain', () => {
    const count = Object.keys(resources).length;
    expect(count).toBeGreaterThan(100);
    // CloudFormation's limit is 500 in one stack.
    expect(count).toBeLessThan(250);
  });
});

/** True when a policy on this resource denies every action over a connection without TLS. */
function refusesPlain(id: string, type: string, property: 'Queues' | 'Bucket'): boolean {
  return all(type)
    .filter(([, p]) => [p.Properties[property]].flat().some((target) => refOf(target) === id))
    .flatMap(([, p]) => p.Properties.PolicyDocument.Statement)
    .some((s) => s.Effect === 'Deny' && s.Condition?.Bool?.['aws:SecureTransport'] === 'false');
}
