import { App, CfnResource, type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { MANAGED_RULE } from './constructs/malware-scan.ts';

/** A cdk-nag finding that the stack accepts. Every other finding fails the synthesis. */
export interface NagException {
  rule: string;
  /** the resource that the rule names: an object prefix of a bucket, or a resource by its name */
  found?: { bucket: string; prefix: string } | { resource: string } | { policy: string };
  /** paths below the stack; the exception covers no other construct */
  constructs: string[];
  reason: string;
}

const step = (name: string): string => `${name}/Step/Role/DefaultPolicy`;
const API_ROLE = 'Api/Role/DefaultPolicy';
const CHECK_ROLE = 'Check/Role/DefaultPolicy';
/** Roles of people: they read and lock objects whose keys are made at run time; the second erases them. */
const OPERATOR_ROLES = ['Operators/Operator/DefaultPolicy', 'Operators/Eraser/DefaultPolicy'];
const INBOX = 'Storage/Inbox';
const RESULTS = 'Storage/Results';

export const NAG_EXCEPTIONS: NagException[] = [
  {
    rule: 'AwsSolutions-IAM5',
    found: { bucket: INBOX, prefix: 'uploads/*' },
    constructs: [
      step('Intake'),
      step('Ocr'),
      step('Replay'),
      step('Sweep'),
      API_ROLE,
      CHECK_ROLE,
      ...OPERATOR_ROLES,
    ],
    reason:
      'The keys of uploads are made at run time (they contain the receipt numbers). The grant ends at the prefix; the actions are GetObject and GetObjectVersion for readers, GetObjectTagging and GetObjectVersionTagging for the sweeper, PutObject for the API, whose presigned POST passes it on for one key, and PutObject and DeleteObjectVersion for the intake, which removes files with a 個人番号 from an upload.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    found: { bucket: RESULTS, prefix: 'verdicts/*' },
    constructs: [
      step('Intake'),
      step('Review'),
      step('Notify'),
      step('Sweep'),
      API_ROLE,
      CHECK_ROLE,
      ...OPERATOR_ROLES,
    ],
    reason:
      'One object per decision, with a key made of the digest at run time. Only the intake may write here.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    found: { bucket: RESULTS, prefix: 'offices/*' },
    constructs: [step('Notify'), API_ROLE, ...OPERATOR_ROLES],
    reason:
      'One notice per packet below its office, with a key made at run time. Only the notify function may write here, and an operator who restores a lost notice.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    found: { bucket: RESULTS, prefix: 'texts/*' },
    constructs: [step('Ocr'), step('Intake'), step('Replay'), CHECK_ROLE, ...OPERATOR_ROLES],
    reason:
      'One OCR text per file, with a key made of the digest at run time. Only the OCR function may write here.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    found: { bucket: INBOX, prefix: 'uploads/*' },
    constructs: ['Malware/Scanner/DefaultPolicy'],
    reason:
      'The malware scanner reads and tags every upload; the keys are made at run time. The grant ends at the prefix, as AWS documents this role.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    found: {
      resource: `arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/${MANAGED_RULE}`,
    },
    constructs: ['Malware/Scanner/DefaultPolicy'],
    reason:
      'GuardDuty creates the rule that notifies it of objects, with a name suffix of its own. A condition limits the right to rules managed by GuardDuty.',
  },
  {
    rule: 'AwsSolutions-COG8',
    constructs: ['Console/Users'],
    reason:
      'The plus plan adds risk scores for sign-ins from the open internet. Here only the operator creates accounts, every sign-in needs a second factor, and the firewall before the page can be limited to the addresses of the city and its offices. Revisit with the city’s security policy.',
  },
  {
    rule: 'AwsSolutions-CFR3',
    constructs: ['Console/Door/Distribution'],
    reason:
      'CloudFront writes its own log only to a bucket with ACLs, or in us-east-1. Every request for a record reaches the API, whose access log counts it; what CloudFront answers alone are the files of the page.',
  },
  {
    rule: 'AwsSolutions-CFR4',
    constructs: ['Console/Door/Distribution'],
    reason:
      'Without an address of the city (context domain and certificate) the certificate is that of CloudFront, for which AWS fixes the oldest protocol. Current browsers use TLS 1.2 or 1.3; with a certificate of the city nothing older is accepted.',
  },
  {
    rule: 'AwsSolutions-SMG4',
    constructs: ['Console/Door/Secret'],
    reason:
      'CloudFront and the function read the secret when they are deployed: a rotation in between would close the door. A deployment after a new value changes both; docs/deploy.md says how.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    constructs: ['Console/Api/GET--', 'Console/Api/GET--web--{file}', 'Console/Api/GET--session'],
    reason:
      'The static files of the console and the public settings that users need before they sign in. These routes give no record; every other route requires a token.',
  },
];

/** Those of the door of a city's own network, where the deployment has one (constructs/closed-door.ts). */
const CLOSED_EXCEPTIONS: NagException[] = [
  {
    rule: 'AwsSolutions-COG4',
    constructs: ['Closed/Api'],
    reason:
      'Cognito’s sign-in page is on the internet, which this network does not reach: the city’s own identity provider signs people in, and a function verifies its tokens.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    constructs: ['Closed/Api'],
    reason:
      'The same files of the page and settings as at the public API need no token; test/infra/closed-door.test.ts compares every route with it.',
  },
  {
    rule: 'AwsSolutions-APIG2',
    constructs: ['Closed/Api'],
    reason: 'The function checks every parameter and body against its schema, and answers in Japanese.',
  },
  {
    rule: 'AwsSolutions-APIG3',
    constructs: ['Closed/Api'],
    reason:
      'The API has no address on the internet: the security group of its endpoint lets the ranges of the city come, and the stage limits the rate.',
  },
  {
    rule: 'AwsSolutions-APIG6',
    constructs: ['Closed/Api'],
    reason:
      'Such a log has paths and bodies, with receipt numbers and names. The access log has one line per answer.',
  },
  {
    rule: 'AwsSolutions-IAM4',
    found: { policy: 'service-role/AmazonAPIGatewayPushToCloudWatchLogs' },
    constructs: ['Closed/Api/CloudWatchRole'],
    reason: 'The setting of the account by which API Gateway writes logs; AWS documents this policy for it.',
  },
];

/** Those of copies in another region, where the deployment has them (constructs/copies.ts). */
const COPIES_EXCEPTIONS: NagException[] = [
  'service-role/AWSBackupServiceRolePolicyForBackup',
  'AWSBackupServiceRolePolicyForS3Backup',
].map((policy) => ({
  rule: 'AwsSolutions-IAM4',
  found: { policy },
  constructs: ['Copies/Role'],
  reason:
    'The policies AWS maintains for the role of AWS Backup: it reads what the plan selects, and nothing acts by it.',
}));

/** Acknowledges the exceptions and lets cdk-nag check the whole app at synthesis. */
export function checkWithNag(stack: Stack): void {
  acknowledge(stack);
  const app = App.of(stack);
  if (!app) throw new Error('the stack has no app');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

/** Acknowledges each exception at its constructs. Throws for a construct that does not exist. */
export function acknowledge(stack: Stack): void {
  const of = (child: string, exceptions: NagException[]) =>
    stack.node.tryFindChild(child) ? exceptions : [];
  const variants = [...of('Closed', CLOSED_EXCEPTIONS), ...of('Copies', COPIES_EXCEPTIONS)];
  for (const exception of [...NAG_EXCEPTIONS, ...variants])
    for (const path of exception.constructs)
      Validations.of(constructAt(stack, path)).acknowledge({
        id: ruleId(stack, exception),
        reason: exception.reason,
      });
}

/** cdk-nag identifies a finding by the logical id that the CDK generates. */
function ruleId(stack: Stack, { rule, found }: NagException): string {
  if (!found) return rule;
  if ('policy' in found) return `${rule}[Policy::arn:<AWS::Partition>:iam::aws:policy/${found.policy}]`;
  if ('resource' in found) return `${rule}[Resource::${found.resource}]`;
  const bucket = constructAt(stack, found.bucket).node.defaultChild;
  if (!CfnResource.isCfnResource(bucket)) throw new Error(`${found.bucket} is not a bucket`);
  return `${rule}[Resource::<${stack.resolve(bucket.logicalId)}.Arn>/${found.prefix}]`;
}

function constructAt(stack: Stack, path: string) {
  const found = stack.node
    .findAll()
    .find((construct) => construct.node.path === `${stack.node.path}/${path}`);
  if (!found) throw new Error(`no construct ${path}: named in a cdk-nag exception`);
  return found;
}
