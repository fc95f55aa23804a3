/** What an SDK client has, as far as its commands are concerned. */
export interface Client {
  config: object;
  middlewareStack: {
    add: (middleware: never, options: never) => void;
    remove: (name: string) => boolean;
  };
}
/** The result of a command; null: the command goes by the socket. */
export type Answer = (command: string, input: Record<string, unknown>) => Promise<object> | null;

type Next = (args: { input: Record<string, unknown> }) => Promise<unknown>;

/**
 * Answers the commands of a client in this process. By HTTP, four fifths of the CPU of a request go into serialization,
 * signatures and sockets. Middleware of the first step, such as the rights, still sees each command.
 */
export function answerDirectly(client: Client, answer: Answer): void {
  const middleware =
    (next: Next, { commandName = '' }: { commandName?: string }) =>
    async (args: { input: Record<string, unknown> }) => {
      const answering = answer(commandName.replace(/Command$/, ''), args.input);
      if (!answering) return next(args);
      const output = { ...(await answering), $metadata: { httpStatusCode: 200 } };
      return { response: {}, output };
    };
  const options = { step: 'serialize', priority: 'high', name: 'direct' };
  client.middlewareStack.add(middleware as never, options as never);
  // Copies what it would log of each command, for a logger that logs nothing.
  client.middlewareStack.remove('loggerMiddleware');
}

/** What the exceptions of the SDK are made from. */
export const failure = (name: string, message: string, httpStatusCode: number) => ({
  name,
  message,
  $fault: httpStatusCode < 500 ? ('client' as const) : ('server' as const),
  $metadata: { httpStatusCode },
});

/** `com.amazonaws.sqs#QueueDoesNotExist` → `QueueDoesNotExist` */
export const nameOfError = (type: unknown): string => String(type).split('#').at(-1)!;
