import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signRequest } from '../../../host/emulators/signature.ts';
import type { Host } from '../../../host/host.ts';
import { resourcesOf, type Template } from '../../../host/template.ts';

/** One call as IAM sees it: `dynamodb:GetItem` on an ARN. */
export interface Call {
  action: string;
  resource: string;
}

/**
 * The services of a running desk behind one address, as AWS is behind its own: a client with
 * AWS_ENDPOINT_URL uses the paths of the cloud (versions, locks, queue addresses). Records every call. Answers locks,
 * and versions of the results, which the store of one machine lacks.
 */
export class AsAws {
  readonly calls: Call[] = [];
  /** requests for a lock or a hold: `PUT retention results/verdicts/…` */
  readonly locks: string[] = [];
  private readonly desk: Host;
  private readonly targets = {
    dynamodb: process.env.AWS_ENDPOINT_URL_DYNAMODB!,
    sqs: process.env.AWS_ENDPOINT_URL_SQS!,
    s3: process.env.AWS_ENDPOINT_URL_S3!,
  };
  /** the stores of the desk answer only requests signed with the secret of its start */
  private readonly secret = process.env.AWS_SECRET_ACCESS_KEY!;
  private readonly server = createServer(async (request, response) => {
    const answer = await this.answer(request, await bodyOf(request)).catch((error) => error);
    if (!(answer instanceof Response)) return void response.writeHead(500).end(String(answer));
    const body = Buffer.from(await answer.arrayBuffer());
    const headers = Object.fromEntries(answer.headers);
    for (const name of ['content-encoding', 'transfer-encoding', 'content-length', 'connection'])
      delete headers[name];
    response.writeHead(answer.status, { ...headers, 'content-length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  url = '';
  /** the error code with which AWS refuses; null while it does not */
  refusal: string | null = null;

  constructor(desk: Host) {
    this.desk = desk;
  }

  async open(): Promise<this> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** What `cdk deploy --outputs-file` would write for this desk. */
  outputs({ Outputs = {} }: Template): object {
    const outputs = Object.entries(Outputs)
      .map(([name, { Value }]) => [name, this.desk.cloud.resolve(Value)] as const)
      .filter(([, value]) => value)
      .map(([name, value]) => [name, value.replace(/^http:\/\/sqs[^/]+/, this.url)]);
    return { Uketsuke: Object.fromEntries(outputs) };
  }

  /** The rights of a role, with the resource names of this machine. */
  rightsOf(role: string, template: Template): { actions: string[]; resources: string[] }[] {
    const [, policy] = resourcesOf(template, 'AWS::IAM::Policy').find(([id]) =>
      id.startsWith(`Operators${role}`),
    )!;
    return policy.Properties.PolicyDocument.Statement.map(
      (one: { Action: string | string[]; Resource: unknown }) => ({
        actions: [one.Action].flat(),
        resources: [one.Resource].flat().map(this.desk.cloud.resolve),
      }),
    );
  }

  private async answer(request: IncomingMessage, body: Buffer): Promise<Response> {
    const [service, action] = String(request.headers['x-amz-target'] ?? '').split('.');
    if (service?.startsWith('DynamoDB')) {
      if (this.refusal) {
        const body = { __type: `com.amazon.coral.service#${this.refusal}`, message: 'no' };
        return Response.json(body, { status: 400 });
      }
      const { TableName, IndexName } = JSON.parse(body.toString());
      const table = `arn:aws:dynamodb:ap-northeast-1:000000000000:table/${TableName}`;
      return this.pass(
        'dynamodb',
        `dynamodb:${action}`,
        IndexName ? `${table}/index/${IndexName}` : table,
        request,
        body,
      );
    }
    if (service === 'AmazonSQS') {
      const name = String(JSON.parse(body.toString()).QueueUrl).split('/').at(-1);
      return this.pass(
        'sqs',
        // IAM knows no action of its own for a batch.
        `sqs:${(action ?? '').replace(/Batch$/, '')}`,
        `arn:aws:sqs:ap-northeast-1:000000000000:${name}`,
        request,
        body,
      );
    }
    return this.answerS3(request, body);
  }

  private async answerS3(request: IncomingMessage, body: Buffer): Promise<Response> {
    const url = new URL(request.url!, this.url);
    const path = decodeURIComponent(url.pathname.slice(1)).replace(/\/$/, '');
    const arn = `arn:aws:s3:::${path}`;
    const { method } = request;
    const asks = (name: string) => url.searchParams.has(name);
    const note = (action: string) => this.calls.push({ action: `s3:${action}`, resource: arn });
    const isInbox = path.split('/')[0] === process.env.INBOX;
    if (asks('versions') && !isInbox) {
      note('ListBucketVersions');
      const list = `${this.targets.s3}/${path}?list-type=2&prefix=${encodeURIComponent(url.searchParams.get('prefix') ?? '')}`;
      const found = await (await this.send(new URL(list), 'GET')).text();
      // Each object with one version.
      const versions = found
        .replaceAll('ListBucketResult', 'ListVersionsResult')
        .replaceAll('Contents>', 'Version>')
        .replaceAll('</Key>', '</Key><VersionId>null</VersionId>');
      return new Response(versions, { headers: { 'content-type': 'application/xml' } });
    }
    if (asks('retention') || asks('legal-hold')) {
      const what = asks('retention') ? 'Retention' : 'LegalHold';
      note(`${method === 'GET' ? 'Get' : 'Put'}Object${what}`);
      this.locks.push(`${method} ${what} ${path}`);
      if (method === 'PUT') return new Response('');
      const none = '<Error><Code>NoSuchObjectLockConfiguration</Code><Message>none</Message></Error>';
      return new Response(none, { status: 404 });
    }
    const ofVersion = asks('versionId') ? 'Version' : '';
    const verbs: Record<string, string> = {
      GET: path.includes('/')
        ? `GetObject${ofVersion}`
        : asks('versions')
          ? 'ListBucketVersions'
          : 'ListBucket',
      HEAD: `GetObject${ofVersion}`,
      PUT: 'PutObject',
      DELETE: `DeleteObject${ofVersion}`,
    };
    return this.pass('s3', `s3:${verbs[method!]}`, arn, request, body);
  }

  private pass(
    service: keyof AsAws['targets'],
    action: string,
    resource: string,
    request: IncomingMessage,
    body: Buffer,
  ): Promise<Response> {
    this.calls.push({ action, resource });
    const url = new URL(request.url!, this.targets[service]);
    if (url.searchParams.get('versionId') === 'null') url.searchParams.delete('versionId');
    return this.send(url, request.method!, request.headers, body);
  }

  /** Sends a request with a signature of its own in place of the client's. */
  private send(
    url: URL,
    method: string,
    given: Record<string, string | string[] | undefined> = {},
    body: Buffer = Buffer.alloc(0),
  ): Promise<Response> {
    const { connection, 'content-length': length, expect, authorization, ...rest } = given;
    const at = `${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
    const names = 'host;x-amz-content-sha256;x-amz-date';
    const scope = `${at.slice(0, 8)}/ap-northeast-1/any/aws4_request`;
    const headers = {
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      ...rest,
      host: url.host,
      'x-amz-date': at,
    };
    const signed = { method, url: `${url.pathname}${url.search}`, headers };
    const signature = signRequest(signed, { at, scope, names }, this.secret);
    const { host, ...sent } = headers;
    return fetch(url, {
      method,
      headers: {
        ...(sent as Record<string, string>),
        authorization: `AWS4-HMAC-SHA256 Credential=desk/${scope}, SignedHeaders=${names}, Signature=${signature}`,
      },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
