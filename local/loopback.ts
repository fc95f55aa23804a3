import { type ListenOptions, Server } from 'node:net';

/**
 * Runs `start` with every server it opens bound to this machine alone. fauxqs listens on all interfaces
 * and asks nobody who they are: on an office network that would lay open what people sent.
 */
export async function onLoopback<T>(start: () => Promise<T>): Promise<T> {
  const { listen } = Server.prototype;
  // biome-ignore lint/suspicious/noExplicitAny: listen has many shapes; only the one with options names a host
  Server.prototype.listen = function (this: Server, ...args: any[]) {
    const [options] = args as [ListenOptions | undefined];
    if (options && typeof options === 'object' && 'host' in options)
      args[0] = { ...options, host: '127.0.0.1' };
    return listen.apply(this, args as Parameters<typeof listen>);
  } as typeof listen;
  try {
    return await start();
  } finally {
    Server.prototype.listen = listen;
  }
}
