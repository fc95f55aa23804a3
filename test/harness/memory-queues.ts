import { randomUUID } from 'node:crypto';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';

export interface QueueOptions {
  fifo?: boolean;
  /** seconds */
  visibility: number;
  /** receives before the message becomes a dead letter */
  deadLetters?: { url: string; maxReceives: number };
}

interface Held {
  id: string;
  body: string;
  group?: string;
  sent: number;
  visibleAt: number;
  receives: number;
  handle?: string;
}
interface Queue extends QueueOptions {
  held: Held[];
  /** deduplication id → when it was sent */
  known: Map<string, number>;
}

const FIVE_MINUTES = 300_000;

/** SQS in memory: at least once, visibility, FIFO groups with deduplication, dead letters. Time is the port's, in ms. */
export class MemoryQueues {
  readonly #queues = new Map<string, Queue>();
  readonly #now: () => number;
  /** how often a message is delivered although it was deleted each time, and the delay of each copy (ms) */
  copies: () => number[] = () => [0];
  /** which of the visible messages comes next; a FIFO queue asks among its groups only */
  pick: (count: number) => number = () => 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  make(url: string, options: QueueOptions): void {
    this.#queues.set(url, { ...options, held: [], known: new Map() });
  }

  async send(command: unknown): Promise<unknown> {
    if (command instanceof SendMessageCommand) return this.#take(command.input.QueueUrl!, command.input);
    if (command instanceof SendMessageBatchCommand) {
      const { QueueUrl, Entries = [] } = command.input;
      return {
        Successful: Entries.map((entry) => ({ Id: entry.Id, ...this.#take(QueueUrl!, entry) })),
        Failed: [],
      };
    }
    if (command instanceof ReceiveMessageCommand)
      return { Messages: this.#give(command.input.QueueUrl!, command.input.MaxNumberOfMessages ?? 1) };
    if (command instanceof DeleteMessageCommand) {
      const queue = this.#queue(command.input.QueueUrl!);
      const at = queue.held.findIndex((one) => one.handle === command.input.ReceiptHandle);
      if (at >= 0) queue.held.splice(at, 1);
      return {};
    }
    if (command instanceof ChangeMessageVisibilityCommand) {
      const { QueueUrl, ReceiptHandle, VisibilityTimeout } = command.input;
      const held = this.#queue(QueueUrl!).held.find((one) => one.handle === ReceiptHandle);
      if (held) held.visibleAt = this.#now() + (VisibilityTimeout ?? 0) * 1000;
      return {};
    }
    if (command instanceof GetQueueAttributesCommand) {
      const { held } = this.#queue(command.input.QueueUrl!);
      const visible = held.filter((one) => one.visibleAt <= this.#now()).length;
      return {
        Attributes: {
          ApproximateNumberOfMessages: String(visible),
          ApproximateNumberOfMessagesNotVisible: String(held.length - visible),
        },
      };
    }
    throw new Error(`the queues do not know ${(command as object).constructor.name}`);
  }

  /** The next time at which a message is visible, ms; null: no message waits. */
  nextVisible(urls: string[]): number | null {
    const now = this.#now();
    const times = urls.flatMap((url) => {
      const queue = this.#queue(url);
      if (this.#ready(queue, now, []).length > 0) return [now];
      return queue.held.map((one) => one.visibleAt).filter((at) => at > now);
    });
    return times.length === 0 ? null : Math.min(...times);
  }

  /** What waits, for a run that does not end: queue, body, how often it was received, ms until it is visible. */
  describe(): string[] {
    return [...this.#queues].flatMap(([url, { held }]) =>
      held.map(
        ({ body, receives, visibleAt }) => `${url} ${body} ${receives} × in ${visibleAt - this.#now()} ms`,
      ),
    );
  }

  /** Messages on these queues, visible or not. */
  count(urls: string[]): number {
    return urls.reduce((sum, url) => sum + this.#queue(url).held.length, 0);
  }

  #queue(url: string): Queue {
    const queue = this.#queues.get(url);
    if (!queue) throw Object.assign(new Error(url), { name: 'QueueDoesNotExist' });
    return queue;
  }

  #take(
    url: string,
    { MessageBody, MessageGroupId, MessageDeduplicationId }: Omit<SendMessageBatchRequestEntry, 'Id'>,
  ) {
    const queue = this.#queue(url);
    const now = this.#now();
    if (queue.fifo) {
      if (!MessageGroupId || !MessageDeduplicationId)
        throw Object.assign(new Error('a FIFO queue wants a group'), { name: 'InvalidParameterValue' });
      const before = queue.known.get(MessageDeduplicationId);
      if (before !== undefined && now - before < FIVE_MINUTES) return { MessageId: randomUUID() };
      queue.known.set(MessageDeduplicationId, now);
    }
    const id = randomUUID();
    for (const late of this.copies())
      queue.held.push({
        id,
        body: MessageBody!,
        ...(MessageGroupId && { group: MessageGroupId }),
        sent: now,
        visibleAt: now + (queue.fifo ? 0 : late),
        receives: 0,
      });
    return { MessageId: id };
  }

  #give(url: string, most: number): Message[] {
    const queue = this.#queue(url);
    const given: Message[] = [];
    const now = this.#now();
    while (given.length < most) {
      const ready = this.#ready(queue, now, given);
      if (ready.length === 0) break;
      const held = ready[this.pick(ready.length)]!;
      held.receives++;
      if (queue.deadLetters && held.receives > queue.deadLetters.maxReceives) {
        queue.held.splice(queue.held.indexOf(held), 1);
        delete held.handle;
        this.#queue(queue.deadLetters.url).held.push({ ...held, receives: 0, visibleAt: now });
        continue;
      }
      held.handle = randomUUID();
      held.visibleAt = now + queue.visibility * 1000;
      given.push({
        MessageId: held.id,
        ReceiptHandle: held.handle,
        Body: held.body,
        Attributes: {
          ApproximateReceiveCount: String(held.receives),
          SentTimestamp: String(held.sent),
          ...(held.group && { MessageGroupId: held.group }),
        },
      });
    }
    return given;
  }

  /** Of a FIFO queue the first of each group, unless one of the group is in flight (in the same batch is fine). */
  #ready(queue: Queue, now: number, given: Message[]): Held[] {
    if (!queue.fifo) return queue.held.filter((one) => one.visibleAt <= now);
    const mine = new Set(given.map((one) => one.ReceiptHandle));
    const out = new Set(
      queue.held.filter((one) => one.visibleAt > now && !mine.has(one.handle)).map((one) => one.group),
    );
    const firsts = new Map<string, Held>();
    for (const one of queue.held)
      if (one.visibleAt <= now && !out.has(one.group) && !firsts.has(one.group!)) firsts.set(one.group!, one);
    return [...firsts.values()];
  }
}
