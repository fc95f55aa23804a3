import { Aws, Stack, type StackProps } from 'aws-cdk-lib';
import { type CfnBucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { type TableName, tableVariable } from '../shared/records/store/tables.ts';
import type { ClosedNetwork } from './closed-network.ts';
import { ClosedDoor } from './constructs/closed-door.ts';
import { Console } from './constructs/console.ts';
import { Copies } from './constructs/copies.ts';
import { DeskFunction } from './constructs/desk-function.ts';
import { MalwareScan } from './constructs/malware-scan.ts';
import { Operations } from './constructs/operations.ts';
import { Operators } from './constructs/operators.ts';
import { Records, type TableAction } from './constructs/records.ts';
import { Stage } from './constructs/stage.ts';
import { Storage } from './constructs/storage.ts';
import { copiesName, type Deployment, namePrefix } from './deployment.ts';
import {
  BUSY_RETRY_SECONDS,
  CLAIM_HOURS,
  MALWARE_SCAN,
  MAX_UPLOAD_BYTES,
  MAX_WAITING_UPLOADS,
  RESTORED_TABLES,
  REVIEW_DUE_DAYS,
  STAGES,
  STEP_DEADLINES,
  STUCK_AFTER_MINUTES,
  UPLOAD_ADDRESS_SECONDS,
} from './settings.ts';

type StageName = keyof typeof STAGES;

/** Queues that the function of a stage sends to. */
const SENDS: Partial<Record<StageName, StageName[]>> = {
  // to itself: the rest of a long upload
  intake: ['intake', 'review', 'notify', 'summarise', 'ocr'],
  // to itself: the rest of a long packet
  ocr: ['intake', 'ocr'],
  // to itself: the rest of a long replay
  replay: ['replay'],
  sweep: ['intake', 'review', 'notify', 'summarise', 'ocr'],
};

export type IntakeStackProps = StackProps & Deployment;

/**
 * The desk on AWS: inbox → intake → (events, cases) → review · notify · summarise · ocr, with an API, a console and
 * a scheduled sweep.
 */
export class IntakeStack extends Stack {
  private readonly storage: Storage;
  private readonly records: Records;
  private readonly stages = {} as Record<StageName, Stage>;

  private readonly hasMalwareScan: boolean;

  constructor(scope: Construct, id: string, props: IntakeStackProps) {
    super(scope, id, props);
    this.hasMalwareScan = props.malwareScan ?? MALWARE_SCAN;
    this.storage = new Storage(this, 'Storage', {
      hasMalwareScan: this.hasMalwareScan,
      prefix: namePrefix(props),
    });
    this.records = new Records(this, 'Records', this.storage.key, RESTORED_TABLES);
    const operations = new Operations(this, 'Operations', { key: this.storage.key, runbook: props.runbook });
    const environment = this.settings();

    const assets = {
      intake: ['profiles', 'containers', 'pdfjs'],
      // the name of the city in a letter
      notify: ['profiles'],
      ocr: ['profiles', 'containers', 'pdfjs', 'tesseract'],
      replay: ['profiles', 'containers', 'pdfjs'],
    } as const;
    for (const name of Object.keys(STAGES) as StageName[])
      this.stages[name] = new Stage(this, name[0]!.toUpperCase() + name.slice(1), {
        settings: STAGES[name],
        key: this.storage.key,
        operations,
        environment,
        assets: name in assets ? [...assets[name as keyof typeof assets]] : [],
        sendsToItself: SENDS[name]?.includes(name) ?? false,
      });
    this.storage.notifyQueue(this.stages.intake.queue);
    if (this.hasMalwareScan) new MalwareScan(this, 'Malware', this.storage, this.stages.intake.queue);
    operations.scheduleSweep(this.stages.sweep.queue);
    this.connectQueues();

    const console = new Console(this, 'Console', {
      key: this.storage.key,
      prefix: namePrefix(props),
      domain: props.domain,
      mailFrom: props.mailFrom,
      region: props.region,
    });
    this.mailNotices(props, console.door.url);
    const closed = props.closed && this.closedDoor(props.closed);
    const settings = {
      ...environment,
      MAX_UPLOAD_BYTES: String(MAX_UPLOAD_BYTES),
      MAX_WAITING_UPLOADS: String(MAX_WAITING_UPLOADS),
      BUSY_RETRY_SECONDS: String(BUSY_RETRY_SECONDS),
      QUEUE_INTAKE: this.stages.intake.queue.queueUrl,
      QUEUE_NOTIFY: this.stages.notify.queue.queueUrl,
      QUEUE_SUMMARISE: this.stages.summarise.queue.queueUrl,
      QUEUE_REPLAY: this.stages.replay.queue.queueUrl,
      CLAIM_HOURS: String(CLAIM_HOURS),
      UPLOAD_ADDRESS_SECONDS: String(UPLOAD_ADDRESS_SECONDS),
    };
    const api = new DeskFunction(this, 'Api', {
      name: 'api',
      timeout: 29,
      // Half of it is for the process that takes pages out of a file.
      memoryMb: 1024,
      reserved: props.apiConcurrency,
      key: this.storage.key,
      environment: {
        ...settings,
        AUTH_DOMAIN: console.signInUrl,
        AUTH_CLIENT: console.client.userPoolClientId,
        AUTH_DOOR: console.door.secret,
        ...closed?.settings,
      },
      assets: ['web', 'profiles', 'fonts', 'containers', 'pages'],
    });
    const check = new DeskFunction(this, 'Check', {
      name: 'check',
      timeout: 29,
      // As the intake, so that a packet takes no longer.
      memoryMb: STAGES.intake.memoryMb,
      scratchMb: 1024,
      key: this.storage.key,
      environment: { ...environment, AUTH_DOOR: console.door.secret, ...closed?.settings },
      assets: ['profiles', 'containers', 'pdfjs'],
    });
    const operate = this.operating({ ...environment, AUTH_DOOR: console.door.secret, ...closed?.settings });
    const answerers = { api, check, operate };
    console.addRoutes(answerers);
    closed?.addRoutes(answerers);
    for (const [name, fn] of Object.entries(answerers)) operations.watchFunction(fn, name);
    operations.watchAnswers('Api', console.requests);
    if (closed) operations.watchAnswers('ClosedApi', closed.requests);
    if (closed) operations.watchFunction(closed.authorizer, 'authorize');
    operations.watchLog(this.stages.sweep.function, this.stages.summarise.function);
    operations.watchReading(this.stages.intake.function, this.stages.ocr.function);
    if (this.hasMalwareScan) operations.watchMalwareScan(this.stages.intake.function);
    operations.addDashboard(
      [
        ...Object.entries(this.stages).map(([name, stage]) => ({ name, ...stage })),
        { name: 'api', function: api },
        { name: 'check', function: check },
        { name: 'operate', function: operate },
      ],
      console.answers(),
    );
    (this.storage.inbox.node.defaultChild as CfnBucket).corsConfiguration = {
      corsRules: [
        {
          allowedMethods: [HttpMethods.POST],
          allowedOrigins: [console.door.url, ...(closed ? [closed.url] : [])],
          allowedHeaders: ['content-type'],
        },
      ],
    };
    this.grant(api);
    this.grantCheck(check);
    this.grantOperate(operate);
    const { storage, records, stages } = this;
    if (props.copies)
      new Copies(this, 'Copies', { storage, records, operations, target: this.vaultOf(props, props.copies) });
    new Operators(this, 'Operators', {
      storage,
      records,
      stages,
      settings,
      users: console.users,
      signIn: props.operatorSignIn,
    });
  }

  /** The vault of CopiesStack has a fixed name: a reference between regions would need a function with wide rights. */
  private vaultOf(deployment: Deployment, copies: NonNullable<Deployment['copies']>): string {
    if ('vault' in copies) return copies.vault;
    return `arn:${Aws.PARTITION}:backup:${copies.region}:${Aws.ACCOUNT_ID}:backup-vault:${copiesName(deployment)}`;
  }

  private closedDoor(network: ClosedNetwork): ClosedDoor {
    const { key, inbox } = this.storage;
    return new ClosedDoor(this, 'Closed', { network, key, inbox });
  }

  /** Names of tables and buckets, the same for every function. What it may access is in `grant`. */
  private settings(): Record<string, string> {
    const tables = Object.entries(this.records.tables).map(
      ([name, table]) => [tableVariable(name as TableName), table.tableName] as const,
    );
    return {
      ...Object.fromEntries(tables),
      INBOX: this.storage.inbox.bucketName,
      RESULTS: this.storage.results.bucketName,
      REVIEW_DUE_DAYS: String(REVIEW_DUE_DAYS),
      STUCK_AFTER_MINUTES: String(STUCK_AFTER_MINUTES),
      STEP_DEADLINES: JSON.stringify(STEP_DEADLINES),
      MALWARE_SCAN: this.hasMalwareScan ? 'on' : 'off',
    };
  }

  /** Queues that functions send to: the address and the grant in one place. */
  private connectQueues(): void {
    for (const [from, targets] of Object.entries(SENDS) as [StageName, StageName[]][]) {
      const sender = this.stages[from].function;
      for (const to of targets)
        sender.fn.addEnvironment(`QUEUE_${to.toUpperCase()}`, this.stages[to].queue.queueUrl);
      sender.allow(
        ['sqs:SendMessage'],
        targets.map((to) => this.stages[to].queue.queueArn),
      );
    }
  }

  /** The sweeper tells centers and offices that something waits; off unless the deployment and the city switch it on. */
  private mailNotices({ mailFrom, mailNotices }: Deployment, pageUrl: string): void {
    const sweep = this.stages.sweep.function;
    sweep.fn.addEnvironment('PAGE_URL', pageUrl);
    if (!mailNotices || !mailFrom) return;
    sweep.fn.addEnvironment('MAIL_FROM', mailFrom);
    // The address or its domain is the identity that SES has verified.
    const identities = [mailFrom, mailFrom.split('@')[1]];
    sweep.allow(
      ['ses:SendEmail', 'ses:SendRawEmail'],
      identities.map((name) => `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:identity/${name}`),
    );
  }

  /** The operation of the desk in the page. */
  private operating(environment: Record<string, string>): DeskFunction {
    const addresses = Object.entries(this.stages).flatMap(([name, { queue, deadLetters }]) => [
      [`QUEUE_${name.toUpperCase()}`, queue.queueUrl],
      [`DEAD_${name.toUpperCase()}`, deadLetters.queueUrl],
    ]);
    return new DeskFunction(this, 'Operate', {
      name: 'operate',
      timeout: 29,
      memoryMb: 512,
      key: this.storage.key,
      environment: { ...environment, ...Object.fromEntries(addresses) },
      assets: ['profiles'],
    });
  }

  /** Reads and moves dead letters, counts messages, and shows how far uploads are; no paper and no person. */
  private grantOperate(operate: DeskFunction): void {
    const stages = Object.values(this.stages);
    const dead = stages.map(({ deadLetters }) => deadLetters.queueArn);
    const queues = stages.map(({ queue }) => queue.queueArn);
    operate.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [this.storage.key.keyArn]);
    operate.allow(['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'], dead);
    operate.allow(['sqs:SendMessage'], queues);
    operate.allow(['sqs:GetQueueAttributes'], [...queues, ...dead]);
    // The newest second to which the records can be brought back.
    operate.allow(['dynamodb:DescribeContinuousBackups'], [this.records.tables.events.tableArn]);
    const grants = [
      ...this.records.grant('progress', ['Query']),
      // why a message failed; an upload the sweeper is to look at
      ...this.records.grant('events', ['GetItem', 'UpdateItem']),
      ...this.records.grant('registries', ['GetItem', 'Query']),
      ...this.records.grant('audit', ['PutItem']),
    ];
    for (const { actions, resources } of grants) operate.allow(actions, resources);
  }

  /** A dry run reads what decides besides the papers, and the packet they complete; it writes who read that packet. */
  private grantCheck(check: DeskFunction): void {
    const { inbox, results, key } = this.storage;
    check.allow(['kms:Decrypt'], [key.keyArn]);
    const grants = [
      ...this.records.grant('events', ['GetItem', 'Query']),
      ...this.records.grant('registries', ['GetItem', 'Query']),
      ...this.records.grant('audit', ['PutItem']),
    ];
    for (const { actions, resources } of grants) check.allow(actions, resources);
    check.allow(['s3:GetObject', 's3:GetObjectVersion'], [inbox.arnForObjects('uploads/*')]);
    check.allow(
      ['s3:GetObject'],
      ['verdicts/*', 'texts/*'].map((keys) => results.arnForObjects(keys)),
    );
    // Without it S3 answers 403 where an object is missing: a lost upload would look like one that is not scanned yet.
    check.allow(['s3:ListBucket'], [inbox.bucketArn, results.bucketArn]);
  }

  /** Least privilege, by hand and in one place. The CDK's grants would write wildcards. */
  private grant(api: DeskFunction): void {
    const { inbox, results, key } = this.storage;
    const { intake, review, notify, summarise, ocr, replay, sweep } = this.stages;
    const uploads = inbox.arnForObjects('uploads/*');
    const texts = results.arnForObjects('texts/*');
    const table = (fn: DeskFunction, name: TableName, ...actions: TableAction[]) => {
      for (const { actions: may, resources } of this.records.grant(name, actions)) fn.allow(may, resources);
    };
    // The sweep looks for days that have passed, the calendar for those of an area.
    const watches = (fn: DeskFunction, index: string, ...actions: TableAction[]) => {
      for (const { actions: may, resources } of this.records.grant('watches', actions, [index]))
        fn.allow(may, resources);
    };
    for (const stage of Object.values(this.stages))
      stage.function.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn]);
    api.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn]);

    for (const fn of [intake.function, sweep.function]) {
      table(fn, 'events', 'GetItem', 'PutItem', 'UpdateItem', 'Query');
      table(fn, 'submissions', 'PutItem', 'UpdateItem');
      table(fn, 'cases', 'PutItem', 'UpdateItem');
      table(fn, 'reviews', 'GetItem', 'UpdateItem', 'Query');
      table(fn, 'registries', 'GetItem', 'Query');
      table(fn, 'watches', 'PutItem');
      table(fn, 'progress', 'PutItem');
      fn.allow(['s3:GetObject'], [results.arnForObjects('verdicts/*')]);
    }
    // The key of the digests of persons, made at the first upload.
    table(intake.function, 'registries', 'PutItem');
    // The version that was received; uploads recorded before versions are read without one.
    for (const fn of [intake.function, ocr.function, replay.function])
      fn.allow(['s3:GetObject', 's3:GetObjectVersion'], [uploads]);
    intake.function.allow(['s3:PutObject'], [results.arnForObjects('verdicts/*')]);
    // A file with a 個人番号 must not be kept: a copy without it replaces the upload permanently.
    intake.function.allow(['s3:PutObject', 's3:DeleteObjectVersion'], [uploads]);
    intake.function.allow(['s3:ListBucketVersions'], [inbox.bucketArn], {
      StringLike: { 's3:prefix': 'uploads/*' },
    });
    table(sweep.function, 'summaries', 'GetItem', 'Query');
    // What is overdue and never came: found by its day, raised as a review item.
    watches(sweep.function, 'queue', 'GetItem', 'Query');
    table(sweep.function, 'reviews', 'PutItem');
    // A step past its deadline is shown.
    table(sweep.function, 'progress', 'UpdateItem');
    // What came to an office since yesterday, for the mail that says so.
    for (const name of ['notices', 'submissions'] as const) table(sweep.function, name, 'Query');
    // Lists all versions to find unannounced uploads. Reads none.
    sweep.function.allow(['s3:ListBucketVersions'], [inbox.bucketArn]);
    // The event of a scan may be lost; its result is also a tag of the object.
    if (this.hasMalwareScan)
      sweep.function.allow(['s3:GetObjectTagging', 's3:GetObjectVersionTagging'], [uploads]);

    table(review.function, 'events', 'GetItem', 'PutItem', 'UpdateItem', 'Query');
    table(review.function, 'reviews', 'GetItem', 'PutItem', 'UpdateItem');
    review.function.allow(['s3:GetObject'], [results.arnForObjects('verdicts/*')]);

    table(notify.function, 'events', 'PutItem', 'Query');
    table(notify.function, 'notices', 'GetItem', 'PutItem');
    table(notify.function, 'submissions', 'Query');
    table(notify.function, 'registries', 'GetItem', 'Query');
    notify.function.allow(['s3:GetObject'], [results.arnForObjects('verdicts/*')]);
    notify.function.allow(['s3:PutObject'], [results.arnForObjects('offices/*')]);

    table(summarise.function, 'cases', 'Query');
    // records why a message failed
    table(summarise.function, 'events', 'PutItem');
    table(summarise.function, 'summaries', 'GetItem', 'PutItem');

    table(ocr.function, 'events', 'GetItem', 'PutItem', 'Query');
    ocr.function.allow(['s3:GetObject'], [texts]);
    intake.function.allow(['s3:GetObject'], [texts]);
    ocr.function.allow(['s3:PutObject'], [texts]);

    // A replay reads what decides and keeps its list; PutItem on the events records why a message failed.
    table(replay.function, 'events', 'GetItem', 'PutItem', 'Query');
    table(replay.function, 'registries', 'GetItem', 'Query');
    table(replay.function, 'replays', 'GetItem', 'PutItem', 'Query');
    for (const name of ['cases', 'summaries'] as const) table(replay.function, name, 'Query');
    replay.function.allow(['s3:GetObject'], [texts]);

    // Without it S3 answers 403 where an object is missing: a lost verdict would look like a forbidden one.
    const readers = [intake, review, notify, ocr, replay, sweep].map((stage) => stage.function);
    for (const fn of [...readers, api]) fn.allow(['s3:ListBucket'], [results.bucketArn]);
    for (const fn of [intake.function, ocr.function, replay.function, api])
      fn.allow(['s3:ListBucket'], [inbox.bucketArn]);

    table(api, 'events', 'GetItem', 'PutItem', 'UpdateItem', 'Query');
    for (const name of ['notices', 'summaries'] as const) table(api, name, 'GetItem', 'Query');
    table(api, 'progress', 'PutItem');
    // An announcement points to its number; the owner withdraws a packet: its line, and what was awaited of it.
    table(api, 'submissions', 'GetItem', 'PutItem', 'UpdateItem', 'Query');
    watches(api, 'area', 'PutItem', 'Query');
    // A reviewer acts: the item, its case, the numbers of its area, the further run of the packet, a letter.
    table(api, 'cases', 'UpdateItem', 'Query');
    table(api, 'reviews', 'GetItem', 'UpdateItem', 'Query');
    api.allow(
      ['sqs:SendMessage'],
      [intake, notify, summarise, replay].map(({ queue }) => queue.queueArn),
    );
    table(api, 'replays', 'GetItem', 'PutItem', 'Query');
    table(api, 'registries', 'GetItem', 'PutItem', 'Query');
    // The audit trail is append-only.
    table(api, 'audit', 'PutItem', 'Query');
    // The backlog: with too many waiting messages the API refuses new uploads.
    api.allow(['sqs:GetQueueAttributes'], [intake.queue.queueArn]);
    // A presigned POST passes this right on to an office, for one object and one hour.
    api.allow(['s3:PutObject'], [uploads]);
    // The documents of a packet are shown out of the upload they came in.
    api.allow(['s3:GetObject', 's3:GetObjectVersion'], [uploads]);
    api.allow(['s3:GetObject'], [results.arnForObjects('verdicts/*'), results.arnForObjects('offices/*')]);
  }
}
