import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Claims } from './sign-in/local-issuer.ts';

/** A route of an HTTP API: `GET /uploads/{id}`. */
export interface Route {
  method: string;
  path: string;
  /** needs no token */
  isOpen: boolean;
}

/** A route as in the template → Route */
export function parseRoute(route: { RouteKey: string; AuthorizationType?: string }): Route {
  const [method = '', path = ''] = route.RouteKey.split(' ');
  return { method, path, isOpen: route.AuthorizationType === 'NONE' };
}

/**
 * The event that API Gateway sends for a request.
 * @param claims of the verified token; null at an open route
 */
export async function toEvent(
  request: Request,
  { method, path }: Route,
  claims: Claims | null,
): Promise<APIGatewayProxyEventV2> {
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
      ...(claims && { authorizer: { jwt: { claims: asGatewayPasses(claims), scopes: [] } } }),
    },
    ...(body.length > 0 && { body: body.toString('base64') }),
    isBase64Encoded: body.length > 0,
  };
}

/** API Gateway passes every claim as a text; a list as "[a b]". */
const asGatewayPasses = (claims: Claims): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );

export function toResponse(result: APIGatewayProxyStructuredResultV2): Response {
  const { statusCode, headers = {}, body = '', isBase64Encoded } = result;
  const bytes = isBase64Encoded ? new Uint8Array(Buffer.from(body, 'base64')) : body;
  return new Response(bytes.length > 0 ? bytes : null, {
    status: statusCode,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
  });
}
