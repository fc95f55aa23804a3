import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { settingOf } from '../functions/environment.ts';
import type { StageQueue } from '../operations/queue-care.ts';
import { TABLES, type TableName, tableVariable } from '../shared/records/store/tables.ts';
import { DeskClient, DeskError } from './desk-client.ts';

/**
 * A deployed desk, seen by its operator: the verbs and the API's own handlers run here, with the settings the stack gives
 * its functions and the operator's own AWS credentials (the SDK finds them). What AWS lets the operator do is what the
 * role allows (infra/constructs/operators.ts); who it was stands in the trail as `by` says, and in CloudTrail by the role.
 */
export class StackDesk extends DeskClient {
  private readonly by: string;
  private readonly queues: StageQueue[];
  private isReached = false;

  /** `outputs`: what `cdk deploy --outputs-file` wrote. Sets the environment of this process. Throws DeskError. */
  constructor(outputs: string, by: string | undefined) {
    super('');
    if (!by?.trim())
      throw new DeskError('--stack には --by 氏名 を付けてください（だれが行ったかを記録します）。');
    this.by = by.trim();
    const settings = readSettings(outputs);
    Object.assign(process.env, settings);
    this.queues = queuesOf(settings);
  }

  override operate<T>(what: string, said: object = {}): Promise<T> {
    return super.operate<T>(what, { by: this.by, ...said });
  }

  protected override async request(path: string, init: RequestInit = {}): Promise<Response> {
    try {
      await this.reach();
      const [, first, verb = '', of] = path.split('/').map(decodeURIComponent);
      if (first === 'operate') {
        const { operate } = await import('../operations/operations.ts');
        const said: unknown = JSON.parse(String(init.body ?? '{}'));
        const { status, body } = await operate({ verb, of, said }, this.queues);
        return Response.json(body, { status });
      }
      const { app } = await import('../functions/api/app.ts');
      const claims = { 'cognito:groups': '[operator]', sub: this.by };
      return await app.request(path, init, {
        event: { requestContext: { authorizer: { jwt: { claims } } } },
      } as unknown as Parameters<typeof app.request>[2]);
    } catch (error) {
      throw wordsOf(error);
    }
  }

  /** One harmless look before the first act: credentials that are missing or stale are told before anything is begun. */
  private async reach(): Promise<void> {
    if (this.isReached) return;
    const { recordStore } = await import('../functions/aws.ts');
    await recordStore().get('registries', { city: '_desk', entry: 'head' });
    this.isReached = true;
  }
}

const OUTPUTS = z.record(z.string(), z.record(z.string(), z.string()));

/** The settings among the outputs of the stack. Throws DeskError in words. */
function readSettings(file: string): Record<string, string> {
  let stacks: z.infer<typeof OUTPUTS>;
  try {
    stacks = OUTPUTS.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new DeskError(
      `「${file}」を読めません。cdk deploy --outputs-file で書いたファイルを指定してください。`,
    );
  }
  const [settings, ...more] = Object.values(stacks)
    .map((outputs) =>
      Object.fromEntries(Object.entries(outputs).map(([name, value]) => [settingOf(name), value])),
    )
    .filter((one) => one.INBOX && one.RESULTS);
  if (!settings || more.length > 0)
    throw new DeskError(`「${file}」に受付の出力が${settings ? '二つ以上あります' : 'ありません'}。`);
  const needs = [...(Object.keys(TABLES) as TableName[]).map(tableVariable), 'DEAD_INTAKE', 'AWS_REGION'];
  const missing = needs.filter((name) => !settings[name]);
  if (missing.length > 0)
    throw new DeskError(
      `「${file}」に ${missing.join('、')} がありません。受付を配置し直し、書き直してください。`,
    );
  return settings;
}

/** The queues of the stages, by the settings that name their dead letters. */
const queuesOf = (settings: Record<string, string>): StageQueue[] =>
  Object.entries(settings).flatMap(([name, deadUrl]) => {
    const stage = /^DEAD_(\w+)$/.exec(name)?.[1];
    const url = stage && settings[`QUEUE_${stage}`];
    return url ? [{ stage: stage.toLowerCase(), url, name: url.split('/').at(-1)!, deadUrl }] : [];
  });

const SIGN_IN =
  '運用担当者の役割を引き受けてから、もう一度実行してください（docs/runbook.md「AWS の受付を操作する」）。';

/** What AWS says no with, in words; what is no answer of AWS is a fault and stays one. */
function wordsOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message } = error;
  if (
    /Credentials|ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|InvalidSignature/.test(
      name,
    )
  )
    return new DeskError(`AWS の資格情報がないか、期限が切れています。${SIGN_IN}`);
  if (/AccessDenied|NotAuthorized/.test(name))
    return new DeskError(
      `この役割では許されていません: ${message}\n途中で断られた操作は、許された役割でもう一度行えば続きから進みます。`,
    );
  if (/ResourceNotFound|QueueDoesNotExist|NonExistentQueue|NoSuchBucket/.test(name))
    return new DeskError(
      `表・待ち行列・バケットが見つかりません (${name})。出力のファイルとアカウントが合っているか確かめてください。`,
    );
  return error;
}
