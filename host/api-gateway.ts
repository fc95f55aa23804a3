import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { LOCAL_OPERATOR } from '../operations/operation.ts';

/** A route of an HTTP API: `GET /uploads/{id}`. */
export interface Route {
  method: string;
  path: string;
}

/** `GET /uploads/{id}` as in the template → Route */
export function parseRoute(routeKey: string): Route {
  const [method = '', path = ''] = routeKey.split(' ');
  return { method, path };
}

/** The event that API Gateway sends for a request, with the local operator signed in. */
export async function toEvent(request: Request, { method, path }: Route): Promise<APIGatewayProxyEventV2> {
  const url = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  const body = Buffer.from(await request.arrayBuffer());
  const now = new Date();
  const routeKey = `${method} ${path}`;
  return {
    version: '2.0',
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    ...(url.search && { queryStringParameters: Object.fromEntries(url.searchParams) }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'one-machine',
      domainName: url.host,
      domainPrefix: 'desk',
      http: {
        method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: String(now.getTime()),
      routeKey,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
      ...localOperator,
    },
    ...(body.length > 0 && { body: body.toString('base64') }),
    isBase64Encoded: body.length > 0,
  };
}

/** What the JWT authorizer of the API adds to the request context. */
const localOperator = {
  authorizer: { jwt: { claims: { 'cognito:groups': '[operator]', sub: LOCAL_OPERATOR }, scopes: [] } },
};

export function toResponse(result: APIGatewayProxyStructuredResultV2): Response {
  const { statusCode, headers = {}, body = '', isBase64Encoded } = result;
  const bytes = isBase64Encoded ? new Uint8Array(Buffer.from(body, 'base64')) : body;
  return new Response(bytes.length > 0 ? bytes : null, {
    status: statusCode,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
  });
}
