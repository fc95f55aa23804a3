import { AsyncLocalStorage } from 'node:async_hooks';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { type Resource, resourcesOf, type Template, targetOf } from '../template.ts';
import { type Call, type CommandInput, callOf } from './call-of.ts';

/** One action on one resource that a role grants. */
export interface Right {
  action: string;
  /** an ARN, which may end with `*` */
  resource: string;
  /** a listing is granted below this only */
  prefix?: string;
}

/** What the SDK clients have, as far as the rights are concerned. */
interface Watchable {
  middlewareStack: { add: (middleware: never, options: never) => void };
}
type Next = (args: { input: CommandInput }) => Promise<unknown>;

const ACCOUNT = 'ap-northeast-1:000000000000';

/**
 * Holds each call of a handler to the role that the template gives its function, as IAM does. Calls of the host itself
 * have no role. Keys are not emulated, so that rights of KMS are not looked at.
 */
export class Rights {
  /** what was refused, as sentences */
  readonly refused = new Set<string>();
  private readonly byRole = new Map<string, Right[]>();
  private readonly used = new Set<Right>();
  private readonly running = new AsyncLocalStorage<string>();

  constructor(template: Template, resolve: (value: unknown) => string) {
    for (const [, fn] of resourcesOf(template, 'AWS::Lambda::Function'))
      this.byRole.set(nameOf(fn), rightsOf(template, targetOf(fn.Properties.Role), resolve));
  }

  /** Holds each call of the work to the role of a function. @param name the folder of the function */
  as<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.running.run(name, work);
  }

  /** The handler of a function, each of whose calls is held to its role. */
  hold<Event, Result>(fn: Resource, handler: (event: Event) => Promise<Result>) {
    return (event: Event): Promise<Result> => this.as(nameOf(fn), () => handler(event));
  }

  /** Lets a client ask before each call. */
  watch(client: Watchable): void {
    const middleware =
      (next: Next, { commandName }: { commandName: string }) =>
      (args: { input: CommandInput }) =>
        this.ask(commandName, args.input, () => next(args));
    client.middlewareStack.add(middleware as never, { step: 'initialize', name: 'rights' } as never);
  }

  /** Sends a command where the running function may; throws what AWS would where it may not. */
  async ask<T>(command: string, input: CommandInput, send: () => Promise<T>): Promise<T> {
    const name = this.running.getStore();
    if (name === undefined) return send();
    const call = callOf(command, input, ACCOUNT);
    if (call) this.require(name, call);
    return send().catch((error: unknown) => {
      throw this.asSeenBy(name, input, error);
    });
  }

  /** True where the role of the function grants the call. */
  allows(name: string, call: Call): boolean {
    const granted = (this.byRole.get(name) ?? []).filter((right) => covers(right, call));
    for (const right of granted) this.used.add(right);
    return granted.length > 0;
  }

  /** Rights that no call used so far: `intake dynamodb:PutItem arn:…`. A query of an index uses that of its table. */
  unused(): string[] {
    return [...this.byRole].flatMap(([name, rights]) => {
      const used = new Set(
        rights
          .filter((right) => this.used.has(right))
          .map((right) => keyOf(right).replace(/\/index\/.*$/, '')),
      );
      return rights
        .filter(({ resource }) => !resource.includes('/index/'))
        .map(keyOf)
        .filter((key) => !used.has(key))
        .map((key) => `${name} ${key}`);
    });
  }

  private require(name: string, call: Call): void {
    if (this.allows(name, call)) return;
    const message = `${name} may not ${call.action} on ${call.resource}: its role does not grant it (infra/)`;
    if (!this.refused.has(message)) process.stderr.write(`${message}\n`);
    this.refused.add(message);
    throw refusal(call.action, message);
  }

  /** Without the right to list a bucket, S3 answers 403 where an object is missing. */
  private asSeenBy(name: string, { Bucket, Key }: CommandInput, error: unknown): unknown {
    const isMissing = error instanceof Error && ['NoSuchKey', 'NotFound'].includes(error.name);
    if (!isMissing || !Key) return error;
    const list = { action: 's3:ListBucket', resource: `arn:aws:s3:::${Bucket}` };
    return this.allows(name, list) ? error : refusal('s3:GetObject', 'Access Denied');
  }
}

/** The folder of the function. */
const nameOf = (fn: Resource): string => String(fn.Metadata?.['uketsuke:entry']).split('/')[1]!;
const keyOf = ({ action, resource }: Right): string => `${action} ${resource}`;

const covers = (right: Right, call: Call): boolean =>
  right.action === call.action &&
  matches(right.resource, call.resource) &&
  (right.prefix === undefined || (call.prefix !== undefined && matches(right.prefix, call.prefix)));

const matches = (pattern: string, text: string): boolean =>
  pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;

function rightsOf(template: Template, roleId: string, resolve: (value: unknown) => string): Right[] {
  return resourcesOf(template, 'AWS::IAM::Policy')
    .filter(([, { Properties }]) =>
      Properties.Roles.some((role: { Ref: string }) => targetOf(role) === roleId),
    )
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .flatMap(({ Action, Resource, Condition }) =>
      [Action].flat().flatMap((action: string) =>
        [Resource].flat().map((resource: unknown) => ({
          action,
          resource: resolve(resource),
          prefix: Condition?.StringLike?.['s3:prefix'],
        })),
      ),
    );
}

/** The error of the SDK when AWS refuses: of a table under another name than of a bucket or a queue. */
function refusal(action: string, message: string): Error {
  const name = action.startsWith('dynamodb:') ? 'AccessDeniedException' : 'AccessDenied';
  return new S3ServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode: 403 } });
}
