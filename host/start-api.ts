import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Operation, OperationResult } from '../operations/operation.ts';
import { parseRoute } from './api-gateway.ts';
import type { LocalCloud } from './cloud.ts';
import type { DiskSpace } from './disk-space.ts';
import type { Notifier } from './emulators/notifier.ts';
import { receiveUpload } from './emulators/receive-upload.ts';
import { type HttpServerOptions, startHttpServer } from './http-server.ts';
import { loadHandler } from './load-handler.ts';
import type { Rights } from './rights/rights.ts';
import { CLIENT, type LocalIssuer } from './sign-in/local-issuer.ts';
import { resourcesOf, type Template, targetOf } from './template.ts';

const DEFAULT_PORT = 8460;

export interface ApiContext {
  template: Template;
  cloud: LocalCloud;
  rights: Rights;
  notifier: Notifier;
  diskSpace: DiskSpace;
  operate: (operation: Operation) => Promise<OperationResult>;
  issuer: LocalIssuer;
}

/** Serves the API of the template and the inbox. `port` null: DEFAULT_PORT, or a free port when it is taken. */
export async function startApi(
  context: ApiContext,
  port: number | null,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const options = serverOptions(context);
  const { server, url } = await startHttpServer({ ...options, port: port ?? DEFAULT_PORT }).catch((error) => {
    if (port === null && error.code === 'EADDRINUSE') return startHttpServer({ ...options, port: 0 });
    throw error;
  });
  // Presigned POSTs are signed for this server.
  process.env.UPLOAD_ENDPOINT = url;
  // People sign in at this server.
  Object.assign(process.env, { AUTH_DOMAIN: url, AUTH_CLIENT: CLIENT, PAGE_URL: url });
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return { url, stop };
}

function serverOptions({
  template,
  cloud,
  rights,
  notifier,
  diskSpace,
  operate,
  issuer,
}: ApiContext): Omit<HttpServerOptions, 'port'> {
  const handlers = handlersOf(template, rights);
  const inbox = process.env.INBOX!;
  return {
    routes: resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) =>
      parseRoute(Properties),
    ),
    api: async (event) => {
      const noSpace = event.routeKey === 'POST /uploads' && (await diskSpace.refusal());
      return noSpace ? { statusCode: 507, ...jsonMessage(noSpace) } : handlers.get(event.routeKey)!(event);
    },
    inbox,
    operate,
    issuer,
    receiveUpload: async (request) => {
      // Who signed the address passes its own right on.
      const maySign = (key: string) =>
        rights.allows('api', { action: 's3:PutObject', resource: `arn:aws:s3:::${inbox}/${key}` });
      const result = await receiveUpload(request, { ...cloud, bucket: inbox, diskSpace, maySign });
      if ('key' in result) {
        await notifier.poll(result.key);
        return new Response(null, { status: 204 });
      }
      const { body, headers } = jsonMessage(result.message);
      return new Response(body, { status: result.status, headers: { ...headers, connection: 'close' } });
    },
  };
}

type ApiHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** The function that answers each route, held to its role. */
function handlersOf(template: Template, rights: Rights): Map<string, ApiHandler> {
  const loaded = new Map<string, ApiHandler>();
  const handlerOf = (functionId: string): ApiHandler => {
    const fn = template.Resources[functionId]!;
    const handler = loaded.get(functionId) ?? rights.hold(fn, loadHandler(fn));
    loaded.set(functionId, handler as ApiHandler);
    return handler as ApiHandler;
  };
  return new Map(
    resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
      // integrations/<its id>
      const integration = template.Resources[targetOf(Properties.Target['Fn::Join'][1][1])]!;
      return [Properties.RouteKey, handlerOf(targetOf(integration.Properties.IntegrationUri))];
    }),
  );
}

const jsonMessage = (message: string) => ({
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ message }),
});
