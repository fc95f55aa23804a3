import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Operation, OperationResult } from '../operations/operation.ts';
import { type Route, toEvent, toResponse } from './api-gateway.ts';
import { issuerRoutes } from './sign-in/issuer-routes.ts';
import type { Claims, LocalIssuer } from './sign-in/local-issuer.ts';

export interface HttpServerOptions {
  /** routes of the template's HTTP API */
  routes: Route[];
  api: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;
  /** the inbox bucket, target of presigned POSTs */
  inbox: string;
  receiveUpload: (request: IncomingMessage) => Promise<Response>;
  /** `POST /operate/<verb>/<target>`, for the operator of this machine only */
  operate: (operation: Operation) => Promise<OperationResult>;
  /** signs people in, and checks the token of each request */
  issuer: LocalIssuer;
  port: number;
}

/** Bytes. Larger bodies go to the inbox, not through the API. */
const MAX_BODY = 10 * 1024 * 1024;

/**
 * The HTTP API of the template on this machine, and the address of the inbox bucket for presigned POSTs.
 * Answers this machine only, and checks the token of each request as API Gateway does. Rejects with EADDRINUSE for a taken port.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<{ server: Server; url: string }> {
  const listener = getRequestListener(makeApp(options).fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: options.port, host: '127.0.0.1' }, resolve);
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function makeApp({ routes, api, inbox, receiveUpload, operate, issuer }: HttpServerOptions) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async (c, next) => {
    if (!isLocal(c)) return c.body(null, 403);
    await next();
    c.header('x-content-type-options', 'nosniff');
  });
  app.post(`/${inbox}`, (c) => receiveUpload(c.env.incoming as IncomingMessage));
  // Per route: a body that the limit looked at and no handler reads would block its keep-alive connection.
  const limit = bodyLimit({ maxSize: MAX_BODY, onError: (c) => c.body(null, 413, { connection: 'close' }) });
  app.route('/', issuerRoutes(issuer));
  app.post('/operate/:verb/:target?', limit, async (c) => {
    const claims = await issuer.verify(c.req.header('authorization'));
    if (!isOperator(claims)) return unauthorized(c);
    const input = parseJson(await c.req.text());
    if (input === undefined) return c.body(null, 400);
    const { verb, target } = c.req.param();
    const { status, body } = await operate({ verb, target, input });
    return Response.json(body, { status });
  });
  for (const route of routes)
    app.on(route.method, honoPath(route), limit, async (c) => {
      const claims = route.isOpen ? null : await issuer.verify(c.req.header('authorization'));
      if (!claims && !route.isOpen) return unauthorized(c);
      return toResponse(await api(await toEvent(c.req.raw, route, claims)));
    });
  app.notFound((c) => c.json({ message: 'そのURLはありません。' }, 404));
  app.onError((error, c) => {
    // The name only: an error message may quote the request.
    process.stderr.write(`API: ${error.name}\n`);
    return c.body(null, 500);
  });
  return app;
}

/** A page of another site may send a form to this port with the user's browser; its Origin header shows it. */
function isLocal(c: Context): boolean {
  const host = c.req.header('host') ?? '';
  const origin = c.req.header('origin');
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host) && (!origin || origin === `http://${host}`);
}

/** The answer of API Gateway. */
const unauthorized = (c: Context): Response => c.json({ message: 'Unauthorized' }, 401);

const isOperator = (claims: Claims | null): boolean =>
  Array.isArray(claims?.['cognito:groups']) && claims['cognito:groups'].includes('operator');

/** Undefined: not JSON. */
function parseJson(text: string): unknown {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return undefined;
  }
}

/** `/uploads/{id}` → `/uploads/:id` */
const honoPath = ({ path }: Route): string => path.replace(/\{([a-z]+)\}/g, ':$1');
