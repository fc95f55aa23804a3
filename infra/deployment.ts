import { type ClosedNetwork, readClosedNetwork } from './closed-network.ts';
import { DeploymentError } from './deployment-error.ts';
import { API_CONCURRENCY, RUNBOOK } from './settings.ts';

/**
 * What differs between two deployments of the same code: given as context, `npm run deploy -- -c stage=kensho`.
 * What may differ without a new template (addresses, principals) is a parameter of the stack instead.
 */
export interface Deployment {
  /** part of all fixed names, so that 検証 and 本番, or two cities, are in one account; empty: the only one */
  stage: string;
  region: string;
  operatorSignIn: SignIn;
  /** the city's own address with its certificate in us-east-1; null: an address of CloudFront */
  domain: { name: string; certificate: string } | null;
  /** sender of invitations, an identity of SES in the region; null: Cognito's own mailer, about 50 mails a day */
  mailFrom: string | null;
  /** centers and offices of cities that switched it on are mailed what waits for them; needs `mailFrom` */
  mailNotices: boolean;
  /** address of the runbook that the alarms link to */
  runbook: string;
  /** runs reserved for the API; 0 for an account whose quota is too small */
  apiConcurrency: number;
  /** the network in which people of the city and the 包括 reach the desk; null: they come by the internet like offices */
  closed: ClosedNetwork | null;
  /** where each night a copy goes: a region, or the ARN of a vault in another account; null: nowhere */
  copies: { region: string } | { vault: string } | null;
  /** default: the setting MALWARE_SCAN */
  malwareScan?: boolean | undefined;
}

/** How operators sign in to AWS: as IAM users with a second factor, or by IAM Identity Center. */
export type SignIn = 'mfa' | 'sso';

const STAGE = /^[a-z][a-z0-9]{1,11}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** Reads a deployment from the context of the CDK. Throws DeploymentError. */
export function readDeployment(context: (name: string) => unknown): Deployment {
  const text = (name: string, fallback: string): string => String(context(name) ?? fallback);
  const stage = text('stage', '');
  if (stage !== '' && !STAGE.test(stage))
    throw new DeploymentError(`-c stage=${stage}: 英小文字で始まる、英小文字と数字の2〜12字にしてください。`);
  // Data of persons stays in Japan unless the deployment says otherwise.
  const region = text('region', 'ap-northeast-1');
  if (!REGION.test(region))
    throw new DeploymentError(
      `-c region=${region}: AWS のリージョンの名前ではありません（例: ap-northeast-1）。`,
    );
  const operatorSignIn = text('operatorSignIn', 'mfa');
  if (operatorSignIn !== 'mfa' && operatorSignIn !== 'sso')
    throw new DeploymentError(`-c operatorSignIn=${operatorSignIn}: mfa か sso を書いてください。`);
  const [name, certificate] = [text('domain', ''), text('certificate', '')];
  if ((name === '') !== (certificate === ''))
    throw new DeploymentError(
      '-c domain と -c certificate（us-east-1 の証明書の ARN）は、両方書くか、どちらも書かないでください。',
    );
  const domain = name === '' ? null : { name, certificate };
  const apiConcurrency = Number(text('apiConcurrency', String(API_CONCURRENCY)));
  if (!Number.isInteger(apiConcurrency) || apiConcurrency < 0)
    throw new DeploymentError(
      `-c apiConcurrency=${context('apiConcurrency')}: 0以上の整数にしてください（0で取り置きません）。`,
    );
  const mailFrom = text('mailFrom', '') || null;
  const mailNotices = text('mailNotices', 'off');
  if (mailNotices !== 'on' && mailNotices !== 'off')
    throw new DeploymentError(`-c mailNotices=${mailNotices}: on か off にしてください。`);
  if (mailNotices === 'on' && !mailFrom)
    throw new DeploymentError(
      '-c mailNotices=on: 差出人 (SES で検証したメールアドレス) を mailFrom で指定してください。',
    );
  return {
    stage,
    region,
    operatorSignIn,
    domain,
    mailFrom,
    mailNotices: mailNotices === 'on',
    runbook: text('runbook', RUNBOOK),
    apiConcurrency,
    copies: readCopies(text('copies', ''), region),
    closed: text('closed', '') === '' ? null : readClosedNetwork(text('closed', '')),
  };
}

function readCopies(target: string, region: string): Deployment['copies'] {
  if (target === '') return null;
  if (/^arn:aws[a-z-]*:backup:[a-z0-9-]+:\d{12}:backup-vault:[\w-]+$/.test(target)) return { vault: target };
  if (REGION.test(target) && target !== region) return { region: target };
  throw new DeploymentError(
    `-c copies=${target}: ${region} のほかのリージョンか、AWS Backup の保管庫の ARN を書いてください。`,
  );
}

/** Name of the stack of the copies, and of its vault. */
export const copiesName = (deployment: Pick<Deployment, 'stage'>): string =>
  `${stackName(deployment)}-Copies`;

/** `Uketsuke`, or `Uketsuke-kensho` */
export const stackName = ({ stage }: Pick<Deployment, 'stage'>): string =>
  stage === '' ? 'Uketsuke' : `Uketsuke-${stage}`;

/** Name of the stack of the firewall. */
export const doorName = (deployment: Pick<Deployment, 'stage'>): string => `${stackName(deployment)}-Door`;

/** The begin of every fixed name: `uketsuke`, or `uketsuke-kensho`. */
export const namePrefix = ({ stage }: Pick<Deployment, 'stage'>): string =>
  stage === '' ? 'uketsuke' : `uketsuke-${stage}`;
