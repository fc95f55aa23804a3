import { App, CfnResource, type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { MANAGED_RULE } from './constructs/malware-scan.ts';

/** A rule of cdk-nag that the stack breaks on purpose. Everything it breaks otherwise fails the synthesis. */
interface NagException {
  rule: string;
  /** what the rule found, where it names it: an object prefix of a bucket, or a resource by its name */
  found?: { bucket: string; prefix: string } | { resource: string };
  /** paths of the constructs below the stack; no other construct is excused */
  at: string[];
  reason: string;
}

const step = (name: string): string => `${name}/Step/Role/DefaultPolicy`;
const API_ROLE = 'Api/Role/DefaultPolicy';
/** The roles of people: they read and lock, and the second erases, what the desk named at run time. */
const PEOPLE = ['Operators/Operator/DefaultPolicy', 'Operators/Eraser/DefaultPolicy'];
const INBOX = 'Storage/Inbox';
const RESULTS = 'Storage/Results';

export const NAG_EXCEPTIONS: NagException[] = [
  {
    rule: 'AwsSolutions-IAM5',
    found: { bucket: INBOX, prefix: 'uploads/*' },
    at: [step('Intake'), step('Ocr'), step('Sweep'), API_ROLE, ...PEOPLE],
    reason:
      'The keys of uploads are made at run time (they are the receipt numbers). The grant ends at the prefix; actions are GetObject and GetObjectVersion for the readers, GetObjectTagging and GetObjectVersionTagging for the sweeper, PutObject for the API, which lends it to one office for one key, and PutObject and DeleteObjectVersion for the intake, which takes files with a 個人番号 out of an upload.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    found: { bucket: RESULTS, prefix: 'verdicts/*' },
    at: [step('Intake'), step('Review'), step('Notify'), step('Ocr'), step('Sweep'), API_ROLE, ...PEOPLE],
    reason: 'One object per decision, its key made of the digest at run time. Only the intake may put there.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    found: { bucket: RESULTS, prefix: 'offices/*' },
    at: [step('Notify'), API_ROLE, ...PEOPLE],
    reason:
      'One notice per packet below its office, named at run time. Only the notifier may put there, and a person who writes a lost one anew.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    found: { bucket: RESULTS, prefix: 'texts/*' },
    at: [step('Ocr'), step('Intake'), ...PEOPLE],
    reason: 'One text per scanned file, its key made of the digest at run time. Only the OCR reader may put.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    found: { bucket: INBOX, prefix: 'uploads/*' },
    at: ['Malware/Scanner/DefaultPolicy'],
    reason:
      'The malware scanner reads and tags every upload, whose keys are made at run time. The grant ends at the prefix, as AWS documents the role.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    found: {
      resource: `arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/${MANAGED_RULE}`,
    },
    at: ['Malware/Scanner/DefaultPolicy'],
    reason:
      'GuardDuty makes the rule by which it hears of objects and ends its name itself; a condition holds the right to rules that GuardDuty manages.',
  },
  {
    rule: 'AwsSolutions-COG8',
    at: ['Console/Users'],
    reason:
      'The plus plan adds risk scores for sign-ins from the open internet. Here accounts are made by the operator alone, every sign-in needs a second factor, and the desk is reached from LGWAN and known offices. To be revisited with the city’s own security policy; the price per user is in docs/capacity.md.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    at: ['Console/Api/GET--', 'Console/Api/GET--web--{file}', 'Console/Api/GET--session'],
    reason:
      'The page itself and the way to sign in: static files and public settings that a person needs before signing in. No record can be read there; every other route asks for a token.',
  },
];

/** Tells cdk-nag of the exceptions and has it look at the whole app when the template is made. */
export function checkRules(stack: Stack): void {
  acknowledge(stack);
  const app = App.of(stack);
  if (!app) throw new Error('the stack stands in no app');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

/** Excuses the exceptions above, each at its constructs. Throws when one names a construct that is not there. */
export function acknowledge(stack: Stack): void {
  for (const exception of NAG_EXCEPTIONS)
    for (const path of exception.at)
      Validations.of(constructAt(stack, path)).acknowledge({
        id: ruleId(stack, exception),
        reason: exception.reason,
      });
}

/** cdk-nag names what it found by the logical id, which the CDK makes; an id that matches nothing would excuse nothing. */
function ruleId(stack: Stack, { rule, found }: NagException): string {
  if (!found) return rule;
  if ('resource' in found) return `${rule}[Resource::${found.resource}]`;
  const bucket = constructAt(stack, found.bucket).node.defaultChild;
  if (!CfnResource.isCfnResource(bucket)) throw new Error(`${found.bucket} is no bucket`);
  return `${rule}[Resource::<${stack.resolve(bucket.logicalId)}.Arn>/${found.prefix}]`;
}

function constructAt(stack: Stack, path: string) {
  const found = stack.node
    .findAll()
    .find((construct) => construct.node.path === `${stack.node.path}/${path}`);
  if (!found) throw new Error(`no construct ${path}: an exception of cdk-nag names what is not there`);
  return found;
}
