import type { Command } from '@commander-js/extra-typings';
import { readHostAddress } from '../host/host-address.ts';
import { ApiClient, ApiError } from './api-client.ts';
import { dataFolder } from './data-folder.ts';
import type { BusyPolicy } from './retry-while-busy.ts';
import { verb } from './run-verb.ts';
import { StackClient } from './stack-client.ts';
import type { VerbName } from './verbs.ts';

interface Address {
  url?: string | undefined;
  data?: string | undefined;
}

/** The desk at --url, or the one that runs on the data folder. Throws ApiError when none runs. */
export function connect({ url, data }: Address, busyPolicy?: Partial<BusyPolicy>): ApiClient {
  const running = readHostAddress(dataFolder(data));
  // The token of one desk is never sent to another address.
  const address = url && !isSame(url, running?.url) ? { url } : running;
  if (!address)
    throw new ApiError(
      '動いている受付が見つかりません。npm start で動かすか、--url で場所を指定してください。',
    );
  return new ApiClient(address, busyPolicy);
}

const isSame = (url: string, other: string | undefined): boolean =>
  other !== undefined && new URL(url).port === new URL(other).port;

/** The deployed desk of --stack, or one on a machine (--url, --data). Throws ApiError. */
export function connectAsOperator({
  stack,
  by,
  ...address
}: Address & { stack?: string | undefined; by?: string | undefined }): ApiClient {
  if (!stack) return connect(address);
  if (address.url || address.data) throw new ApiError('--stack は --url・--data と一緒には使えません。');
  return new StackClient(stack, by);
}

/** A verb for operators, with the options that name the desk and the operator. */
export const operatorVerb = (name: VerbName) =>
  withOperator(verb(name))
    .option('--url <URL>', '動いている受付の場所')
    .option('--data <フォルダー>', '受付の記録の場所');

/** Adds --stack and --by. */
export const withOperator = (command: Command) =>
  command
    .option('--stack <ファイル>', 'AWS に配置した受付（cdk deploy --outputs-file で書いたファイル）')
    .option('--by <氏名>', '操作する人（記録に残る）');
