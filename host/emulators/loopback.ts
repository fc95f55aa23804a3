import { Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type ListenOptions, Server } from 'node:net';

/** Stands before a server: answers a request, or lets it go on. */
export type Before = (request: IncomingMessage, response: ServerResponse, next: () => void) => Promise<void>;

/**
 * Runs `start` with every server it opens bound to this machine alone. fauxqs listens on all interfaces
 * and asks nobody who they are: on an office network that would lay open what people sent.
 * `before` stands before what comes to them.
 */
export async function onLoopback<T>(start: () => Promise<T>, before?: Before): Promise<T> {
  const { listen } = Server.prototype;
  // biome-ignore lint/suspicious/noExplicitAny: listen has many shapes; only the one with options names a host
  Server.prototype.listen = function (this: Server, ...args: any[]) {
    const [options] = args as [ListenOptions | undefined];
    if (options && typeof options === 'object' && 'host' in options)
      args[0] = { ...options, host: '127.0.0.1' };
    if (before && this instanceof HttpServer) standBefore(this, before);
    return listen.apply(this, args as Parameters<typeof listen>);
  } as typeof listen;
  try {
    return await start();
  } finally {
    Server.prototype.listen = listen;
  }
}

function standBefore(server: HttpServer, before: Before): void {
  const behind = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const next = () => {
      for (const listener of behind) listener.call(server, request, response);
    };
    before(request, response, next).catch(() => response.writeHead(500).end());
  });
}
