/** What an SDK client has, as far as its commands are concerned. */
export interface Client {
  config: object;
  middlewareStack: Middleware & { remove: (name: string) => boolean };
}
/** The middleware that a command passes: that of the client, joined with its own. */
interface Middleware {
  concat(other: never): unknown;
  resolve(send: never, context: never): unknown;
}
type Handler = (command: { input: Input }) => Promise<unknown>;
type Input = Record<string, unknown>;

/** How to answer a command; null: the command goes by the socket. */
export type Answer = (command: string, input: Input) => (() => Promise<object>) | null;
/** Sends a command where the running function may: see Rights. */
export type Ask = <T>(command: string, input: Input, send: () => Promise<T>) => Promise<T>;

/**
 * Answers the commands of a client in this process. By HTTP, four fifths of the CPU of a request go into serialization,
 * signatures and sockets, and half of the rest into joining the middleware of the SDK, which an answered command skips.
 */
export function answerDirectly(
  client: Client,
  answer: Answer,
  ask: Ask = (_command, _input, send) => send(),
): void {
  const { middlewareStack: stack } = client;
  // Copies what it would log of each command, for a logger that logs nothing.
  stack.remove('loggerMiddleware');
  const concat = stack.concat.bind(stack);
  const unlessAnswered = (join: () => Middleware): Middleware => ({
    concat: (other) => unlessAnswered(() => join().concat(other) as Middleware),
    resolve: (send, context: { commandName: string }): Handler => {
      const name = context.commandName.replace(/Command$/, '');
      return async (command) => {
        const answering = answer(name, command.input);
        if (!answering) return (join().resolve(send, context as never) as Handler)(command);
        const output = await ask(name, command.input, answering);
        return { response: {}, output: { ...output, $metadata: { httpStatusCode: 200 } } };
      };
    },
  });
  stack.concat = (other) => unlessAnswered(() => concat(other) as Middleware);
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
