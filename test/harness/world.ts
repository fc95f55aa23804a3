import { PutObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CommandInput } from '../../host/rights/call-of.ts';
import type { Rights } from '../../host/rights/rights.ts';
import { MAX_RECEIVES, STAGES } from '../../infra/settings.ts';
import { importRegistry } from '../../shared/records/steps/import-registry.ts';
import { RecordStore } from '../../shared/records/store/record-store.ts';
import { TABLES, type TableName } from '../../shared/records/store/tables.ts';
import type { Registry } from '../../shared/registry/registry.ts';
import { MemoryObjects } from './memory-objects.ts';
import { MemoryQueues } from './memory-queues.ts';
import { MemoryTables } from './memory-tables.ts';

export type Stage = keyof typeof STAGES;
export const STAGE_NAMES = Object.keys(STAGES) as Stage[];
export const INBOX = 'inbox';
export const RESULTS = 'results';
export const QUEUE_URLS = Object.fromEntries(STAGE_NAMES.map((name) => [name, `queue/${name}`])) as Record<
  Stage,
  string
>;
export const DEAD_URLS = Object.fromEntries(STAGE_NAMES.map((name) => [name, `dead/${name}`])) as Record<
  Stage,
  string
>;

/** Writes that may happen only once, by key: each distinct content. */
class Journal {
  readonly contents = new Map<string, Set<string>>();

  note(key: string, content: string): void {
    const seen = this.contents.get(key) ?? new Set<string>();
    this.contents.set(key, seen.add(content));
  }

  /** count of superfluous writes below a prefix */
  doubled(prefix: string): number {
    let doubled = 0;
    for (const [key, seen] of this.contents) if (key.startsWith(prefix)) doubled += seen.size - 1;
    return doubled;
  }
}

interface Client {
  send(command: never): Promise<unknown>;
}

/** One object that an office has put, with a confirmed response. */
export interface Put {
  key: string;
  etag: string;
}

/** The cloud in memory, with the settings of the stack, and its own time (ms). */
export class World {
  time = Date.parse('2026-06-12T00:00:00Z');
  readonly objects = new MemoryObjects();
  readonly tables = new MemoryTables();
  readonly queues = new MemoryQueues(() => this.time);
  readonly journal = new Journal();
  /** holds each call of a function to its role; null: not looked at */
  rights: Rights | null = null;

  constructor() {
    for (const name of STAGE_NAMES) {
      const fifo = 'fifo' in STAGES[name];
      this.queues.make(DEAD_URLS[name], { fifo, visibility: 30 });
      this.queues.make(QUEUE_URLS[name], {
        fifo,
        visibility: 6 * STAGES[name].timeout,
        deadLetters: { url: DEAD_URLS[name], maxReceives: MAX_RECEIVES },
      });
    }
    this.tables.onWrite = (table, _before, after) => {
      const { stream, seq, run_id, packet_id, run, opened_at, key } = after as Record<string, string>;
      if (table === 'events' && run_id) this.journal.note(`decision ${stream} ${seq}`, run_id);
      if (table === 'reviews') this.journal.note(`review ${packet_id} ${run}`, opened_at ?? '');
      if (table === 'notices')
        this.journal.note(`notice ${key}`, this.objects.list(RESULTS, key!).at(-1)?.etag ?? 'none');
    };
    // A notice is visible once its record names it; from then on it must not change.
    this.objects.onPut = (bucket, key, { id, etag, body, metadata }) => {
      // S3 sends a notification of every version in the inbox, also of those the desk puts itself.
      if (bucket === INBOX) void this.notify({ key, eTag: etag, size: body.length, versionId: id });
      const place = `notice ${key}`;
      if (bucket === RESULTS && !metadata.half && this.journal.contents.has(place))
        this.journal.note(place, etag);
    };
  }

  /** The client of a function, which asks for its rights. */
  held(behind: Client): Client {
    const send = (command: never) => {
      const { input } = command as { input: CommandInput };
      const call = () => behind.send(command);
      // The document client's commands are named without Item.
      const name = (command as object).constructor.name.replace(
        /^(Get|Put|Update|Delete)Command/,
        '$1ItemCommand',
      );
      return this.rights?.ask(name, input, call) ?? call();
    };
    return { send };
  }

  /** The office's registries, imported as the API does. */
  async importRegistries(registries: Registry[]): Promise<void> {
    const names = Object.fromEntries(Object.keys(TABLES).map((name) => [name, name]));
    const db = this.tables as unknown as DynamoDBDocumentClient;
    const store = new RecordStore(db, names as Record<TableName, string>);
    for (const registry of registries) await importRegistry(store, registry, new Date(this.time));
  }

  /** Puts an object into the inbox; S3 sends its notification. */
  async upload(key: string, bytes: Uint8Array, name: string): Promise<Put> {
    const { ETag } = (await this.objects.send(
      new PutObjectCommand({
        Bucket: INBOX,
        Key: key,
        Body: bytes,
        Metadata: { name: encodeURIComponent(name) },
      }),
    )) as { ETag: string };
    return { key, etag: ETag.replaceAll('"', '') };
  }

  private notify(object: { key: string; eTag: string; size: number; versionId: string }): Promise<unknown> {
    return this.queues.send(
      new SendMessageCommand({
        QueueUrl: QUEUE_URLS.intake,
        MessageBody: JSON.stringify({ Records: [{ s3: { bucket: { name: INBOX }, object } }] }),
      }),
    );
  }
}
