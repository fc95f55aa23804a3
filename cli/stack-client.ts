import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { settingOf } from '../functions/environment.ts';
import { type StageQueue, stageQueuesOf } from '../functions/operate/stage-queue.ts';
import { TABLES, type TableName, tableVariable } from '../shared/records/store/tables.ts';
import { ApiClient, ApiError } from './api-client.ts';

/**
 * The API of a deployed stack for its operator: runs operations and API handlers in this process, with the settings of
 * the stack and the operator's own AWS credentials, found by the SDK. The role limits what the operator may do
 * (infra/constructs/operators.ts); the audit trail records the name of --by, CloudTrail the role.
 */
export class StackClient extends ApiClient {
  private readonly by: string;
  private readonly queues: StageQueue[];
  private isReachable = false;

  /** `outputs`: the file of `cdk deploy --outputs-file`. Sets the environment of this process. Throws ApiError. */
  constructor(outputs: string, by: string | undefined) {
    super({ url: '' });
    if (!by?.trim())
      throw new ApiError('--stack には --by 氏名 を付けてください（だれが行ったかを記録します）。');
    this.by = by.trim();
    const settings = readSettings(outputs);
    Object.assign(process.env, settings);
    this.queues = stageQueuesOf(settings);
  }

  override operate<T>(operation: string, input: object = {}): Promise<T> {
    return super.operate<T>(operation, { by: this.by, ...input });
  }

  protected override async exchange(path: string, init: RequestInit = {}): Promise<Response> {
    try {
      await this.requireReachable();
      const [, resource, verb = '', target] = path.split('/').map(decodeURIComponent);
      if (resource === 'operate') return await this.runOperation(verb, target, init);
      const { app } = await import('../functions/api/app.ts');
      const claims = { 'cognito:groups': '[operator]', sub: this.by };
      return await app.request(path, init, {
        event: { requestContext: { authorizer: { jwt: { claims } } } },
      } as unknown as Parameters<typeof app.request>[2]);
    } catch (error) {
      throw explain(error);
    }
  }

  private async runOperation(verb: string, target: string | undefined, init: RequestInit): Promise<Response> {
    const { operate } = await import('../operations/operate.ts');
    const input: unknown = JSON.parse(String(init.body ?? '{}'));
    const { status, body } = await operate({ verb, target, input }, this.queues);
    return Response.json(body, { status });
  }

  /** Reads one item before the first request, so that missing or expired credentials show before anything changes. */
  private async requireReachable(): Promise<void> {
    if (this.isReachable) return;
    const { recordStore } = await import('../functions/aws.ts');
    await recordStore().get('registries', { city: '_desk', entry: 'head' });
    this.isReachable = true;
  }
}

/** Outputs by stack and name. */
const OUTPUTS = z.record(z.string(), z.record(z.string(), z.string()));

/** The settings among the outputs of the stack. Throws ApiError. */
function readSettings(file: string): Record<string, string> {
  const stacks = readOutputs(file);
  const [settings, ...others] = Object.values(stacks)
    .map((outputs) =>
      Object.fromEntries(Object.entries(outputs).map(([name, value]) => [settingOf(name), value])),
    )
    .filter(({ INBOX, RESULTS }) => INBOX && RESULTS);
  if (!settings || others.length > 0)
    throw new ApiError(`「${file}」に受付の出力が${settings ? '二つ以上あります' : 'ありません'}。`);
  const tables = (Object.keys(TABLES) as TableName[]).map(tableVariable);
  const missing = [...tables, 'DEAD_INTAKE', 'AWS_REGION'].filter((name) => !settings[name]);
  if (missing.length > 0)
    throw new ApiError(
      `「${file}」に ${missing.join('、')} がありません。受付をデプロイし直し、出力のファイルを書き直してください。`,
    );
  return settings;
}

function readOutputs(file: string): z.infer<typeof OUTPUTS> {
  try {
    return OUTPUTS.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new ApiError(
      `「${file}」を読めません。cdk deploy --outputs-file で書いたファイルを指定してください。`,
    );
  }
}

const SIGN_IN =
  '運用担当者のロール（OperatorRole）を引き受けてから、もう一度実行してください（docs/runbook.md「AWS の受付を操作する」）。';

/** Turns a refusal of AWS into an ApiError. Every other error is a fault and is returned as it is. */
function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message } = error;
  if (
    /Credentials|ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|InvalidSignature/.test(
      name,
    )
  )
    return new ApiError(`AWS の認証情報がないか、期限が切れています。${SIGN_IN}`);
  if (/AccessDenied|NotAuthorized/.test(name))
    return new ApiError(
      `このロールでは許可されていません: ${message}\n途中で拒否された操作は、許可されたロールでもう一度行えば続きから進みます。`,
    );
  if (/ResourceNotFound|QueueDoesNotExist|NonExistentQueue|NoSuchBucket/.test(name))
    return new ApiError(
      `テーブル・キュー・バケットが見つかりません (${name})。出力のファイルとアカウントが合っているか確かめてください。`,
    );
  return error;
}
