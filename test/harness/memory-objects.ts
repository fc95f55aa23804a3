import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';

interface StoredVersion {
  id: string;
  etag: string;
  body: Buffer;
  metadata: Record<string, string>;
}

/** S3 in memory, with versions: what was overwritten stays readable under its version. */
export class MemoryObjects {
  readonly #versions = new Map<string, StoredVersion[]>();
  #count = 0;
  onPut: (bucket: string, key: string, version: StoredVersion) => void = () => {};

  async send(command: unknown): Promise<unknown> {
    if (command instanceof PutObjectCommand) {
      const { Bucket, Key, Body, Metadata, IfNoneMatch } = command.input;
      if (IfNoneMatch === '*' && this.list(Bucket!, Key!).length > 0)
        throw Object.assign(new Error('At least one of the pre-conditions you specified did not hold'), {
          name: 'PreconditionFailed',
        });
      const body = Buffer.from(Body as Uint8Array | string);
      const version = {
        id: `v${++this.#count}`,
        etag: createHash('md5').update(body).digest('hex'),
        body,
        metadata: Metadata ?? {},
      };
      this.list(Bucket!, Key!).push(version);
      this.onPut(Bucket!, Key!, version);
      return { ETag: `"${version.etag}"`, VersionId: version.id };
    }
    if (command instanceof GetObjectCommand || command instanceof HeadObjectCommand) {
      const { Bucket, Key, VersionId } = command.input;
      const versions = this.list(Bucket!, Key!);
      const version = VersionId ? versions.find((one) => one.id === VersionId) : versions.at(-1);
      if (!version)
        throw Object.assign(new Error('The specified key does not exist.'), {
          name: command instanceof HeadObjectCommand ? 'NotFound' : 'NoSuchKey',
        });
      const { etag, id, metadata, body } = version;
      const head = { ETag: `"${etag}"`, VersionId: id, Metadata: metadata, ContentLength: body.length };
      if (command instanceof HeadObjectCommand) return head;
      const Body = Object.assign(Readable.from([body]), { transformToByteArray: async () => body });
      return { ...head, Body };
    }
    if (command instanceof DeleteObjectCommand) {
      const { Bucket, Key, VersionId } = command.input;
      const versions = this.list(Bucket!, Key!);
      const at = versions.findIndex(({ id }) => id === VersionId);
      if (at >= 0) versions.splice(at, 1);
      return {};
    }
    if (command instanceof ListObjectVersionsCommand) {
      const { Bucket, Prefix = '' } = command.input;
      const Versions = this.keys(Bucket!, Prefix).flatMap((Key) =>
        this.list(Bucket!, Key)
          .toReversed()
          .map(({ id, etag, body }) => ({ Key, VersionId: id, ETag: `"${etag}"`, Size: body.length })),
      );
      return { Versions };
    }
    if (command instanceof ListObjectsV2Command) {
      const { Bucket, Prefix = '' } = command.input;
      return { Contents: this.keys(Bucket!, Prefix).map((Key) => ({ Key })) };
    }
    throw new Error(`the object store does not know ${(command as object).constructor.name}`);
  }

  /** Every version of an object, the oldest first. */
  list(bucket: string, key: string): StoredVersion[] {
    const place = `${bucket}/${key}`;
    const there = this.#versions.get(place) ?? [];
    this.#versions.set(place, there);
    return there;
  }

  keys(bucket: string, prefix: string): string[] {
    return [...this.#versions]
      .filter(([place, versions]) => versions.length > 0 && place.startsWith(`${bucket}/${prefix}`))
      .map(([place]) => place.slice(bucket.length + 1))
      .sort();
  }
}
