import { Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type ListenOptions, Server } from 'node:net';

/** Answers a request, or passes it on with `next`. */
export type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => Promise<void>;

/**
 * Runs `start` with every server it opens bound to 127.0.0.1. fauxqs listens on all interfaces without authentication:
 * on an office network anyone could read the uploads. `middleware` sees the requests of these servers first, in order.
 */
export async function onLoopback<T>(start: () => Promise<T>, ...middleware: Middleware[]): Promise<T> {
  const { listen } = Server.prototype;
  // biome-ignore lint/suspicious/noExplicitAny: listen has many overloads; only the one with options has a host
  Server.prototype.listen = function (this: Server, ...args: any[]) {
    const [options] = args as [ListenOptions | undefined];
    if (options && typeof options === 'object' && 'host' in options)
      args[0] = { ...options, host: '127.0.0.1' };
    if (this instanceof HttpServer) for (const one of middleware.toReversed()) addMiddleware(this, one);
    return listen.apply(this, args as Parameters<typeof listen>);
  } as typeof listen;
  try {
    return await start();
  } finally {
    Server.prototype.listen = listen;
  }
}

export function addMiddleware(server: HttpServer, middleware: Middleware): void {
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const next = () => {
      for (const listener of listeners) listener.call(server, request, response);
    };
    middleware(request, response, next).catch(() => response.writeHead(500).end());
  });
}
