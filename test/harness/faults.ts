import type { Random } from '../../samples/city/random.ts';

/** What can happen to one call to storage or a queue. */
export type Fault =
  | 'crash before'
  | 'crash after'
  | 'throttle'
  | 'error'
  | 'answer lost'
  | 'asked twice'
  | 'half';

/** Decides for each call what happens to it. `write`: the call changes data. */
export type FaultPlan = (call: { service: Service; write: boolean }) => Fault | null;
export type Service = 'objects' | 'tables' | 'queues';

/** The process has ended: its further calls have no effect. */
class Killed extends Error {
  override name = 'Killed';
}

interface Client {
  send(command: never): Promise<unknown>;
}

/** One process of the desk. Its clients call through this class; after its end no call reaches the cloud. */
export class Process {
  isDead = false;
  readonly #plan: FaultPlan;
  readonly #pause: () => Promise<void>;

  /** @param pause lets the other processes run between two calls of this one */
  constructor(plan: FaultPlan, pause: () => Promise<void>) {
    this.#plan = plan;
    this.#pause = pause;
  }

  client<C>(service: Service, behind: Client): C {
    const send = async (command: object) => {
      await this.#pause();
      this.#mustLive();
      const write = /^(Put|Update|Delete|Send)/.test(command.constructor.name);
      const fault = this.#plan({ service, write });
      const call = () => behind.send(command as never);
      switch (fault) {
        case 'crash before':
          this.crash();
          break;
        case 'throttle':
          throw named(service === 'tables' ? 'ProvisionedThroughputExceededException' : 'SlowDown', 503);
        case 'error':
          throw named('InternalServerError', 500);
        case 'half':
          await behind.send(halved(command) as never);
          this.crash();
          break;
        case 'answer lost':
          await call();
          throw named('TimeoutError', 0);
        case 'asked twice':
          // The SDK got no answer and retried: it returns the second answer.
          await call().catch(() => {});
          break;
      }
      this.#mustLive();
      const answer = await call();
      if (fault === 'crash after') this.crash();
      this.#mustLive();
      return answer;
    };
    return { send } as C;
  }

  crash(): void {
    this.isDead = true;
  }

  #mustLive(): void {
    if (this.isDead) throw new Killed('the process is gone');
  }
}

/** Each call may fail, with these probabilities. */
export const storm =
  (random: Random, chances: Partial<Record<Fault, number>>): FaultPlan =>
  ({ write, service }) => {
    let left = random.next();
    for (const [fault, chance] of Object.entries(chances) as [Fault, number][]) {
      left -= chance;
      if (left >= 0) continue;
      if (fault === 'half') return write && service === 'objects' ? 'half' : null;
      return fault;
    }
    return null;
  };

/** Crashes around its n-th write. */
export function crashAtWrite(n: number, when: 'crash before' | 'crash after'): FaultPlan {
  let writes = 0;
  return ({ write }) => (write && ++writes === n ? when : null);
}

const named = (name: string, status: number): Error =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });

/** The same command with half of its bytes. */
function halved(command: object): object {
  const { input } = command as { input: { Body?: Uint8Array } };
  if (!input.Body) return command;
  const Command = command.constructor as new (input: object) => object;
  return new Command({
    ...input,
    Body: input.Body.slice(0, input.Body.length >> 1),
    Metadata: { half: 'yes' },
  });
}
