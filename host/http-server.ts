import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Answer, AT_THIS_MACHINE, type Operation } from '../operations/operation.ts';

/** A route of the template's HTTP API: `GET /uploads/{id}`. */
export interface Route {
  method: string;
  path: string;
}

export interface DoorOptions {
  routes: Route[];
  api: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;
  /** where a presigned POST goes: the inbox bucket */
  inbox: string;
  /** what only the operator of this machine may ask: `operate/<verb>/<of>` */
  operate: (operation: Operation) => Promise<Answer>;
  receiveUpload: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  port: number;
}

/** Large bodies go to the inbox, never through the API. */
const MAX_BODY = 10 * 1024 * 1024;

/**
 * The door of the desk on this machine: the routes of the template to the very handler of the API,
 * and the inbox bucket's address for presigned POSTs. Open to this machine only; whoever sits at it is the operator.
 */
export async function openDoor(options: DoorOptions): Promise<{ server: Server; url: string }> {
  const matches = options.routes.map((route) => ({ route, pattern: patternOf(route) }));
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      const status = error instanceof RequestError ? error.status : 500;
      // The name only: the message of an error may quote what was sent.
      if (status === 500) process.stderr.write(`窓口: ${error instanceof Error ? error.name : 'error'}\n`);
      if (!response.headersSent) response.writeHead(status);
      response.end();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://desk');
    if (!isFromHere(request)) return void response.writeHead(403).end();
    if (request.method === 'POST' && url.pathname === `/${options.inbox}`)
      return options.receiveUpload(request, response);
    const [, first, verb = '', of] = url.pathname.split('/');
    if (first === 'operate' && request.method === 'POST') {
      const { status, body } = await options.operate({ verb, of, said: jsonOf(await bodyOf(request)) });
      return say(response, status, body);
    }
    const match = matches.find(
      ({ route, pattern }) => route.method === request.method && pattern.test(url.pathname),
    );
    if (!match) {
      response.writeHead(404, { 'content-type': 'application/json; charset=utf-8' });
      return void response.end('{"message":"その宛先はありません。"}');
    }
    const event = toEvent(request, url, match.route, await bodyOf(request));
    const result = await options.api(event);
    const body = result.isBase64Encoded ? Buffer.from(result.body ?? '', 'base64') : (result.body ?? '');
    response.writeHead(result.statusCode ?? 200, result.headers as Record<string, string>);
    response.end(body);
  }

  const port = await listen(server, options.port);
  return { server, url: `http://127.0.0.1:${port}` };
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/** A request that is wrong in itself. */
class RequestError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`request refused: ${status}`);
    this.status = status;
  }
}

function jsonOf(body: Buffer): unknown {
  try {
    return body.length > 0 ? JSON.parse(body.toString('utf8')) : {};
  } catch {
    throw new RequestError(400);
  }
}

/** Takes the port asked for, or (for the default one) any free one. */
async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen({ port, host: '127.0.0.1' }, done);
  });
  return (server.address() as AddressInfo).port;
}

/** A page of another site may send a form here with the user's browser: its origin gives it away. */
function isFromHere(request: IncomingMessage): boolean {
  const host = request.headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return false;
  const { origin } = request.headers;
  return !origin || origin === `http://${host}`;
}

const patternOf = ({ path }: Route): RegExp =>
  new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[a-z]+\}/g, '[^/]+')}$`);

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY) throw new RequestError(413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The event API Gateway would give to the function, with the operator signed in. */
function toEvent(request: IncomingMessage, url: URL, route: Route, body: Buffer): APIGatewayProxyEventV2 {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  const now = new Date();
  return {
    version: '2.0',
    routeKey: `${route.method} ${route.path}`,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    ...(url.search && { queryStringParameters: Object.fromEntries(url.searchParams) }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'one-machine',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'desk',
      http: {
        method: request.method ?? 'GET',
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: String(now.getTime()),
      routeKey: `${route.method} ${route.path}`,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
      authorizer: { jwt: { claims: { 'cognito:groups': '[operator]', sub: AT_THIS_MACHINE }, scopes: [] } },
    } as APIGatewayProxyEventV2['requestContext'],
    ...(body.length > 0 && { body: body.toString('base64') }),
    isBase64Encoded: body.length > 0,
  };
}
