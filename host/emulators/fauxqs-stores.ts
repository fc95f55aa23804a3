import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/** The objects of fauxqs by bucket and key. Each method throws a StoreError. */
export interface ObjectStore {
  putObject(bucket: string, key: string, body: Buffer, contentType?: string): StoredObject;
  getObject(bucket: string, key: string): StoredObject & { body: Buffer };
  headObject(bucket: string, key: string): StoredObject;
  deleteObject(bucket: string, key: string): void;
  listObjects(bucket: string, options: { prefix: string; maxKeys: number }): { objects: StoredObject[] };
}
export interface StoredObject {
  key: string;
  contentLength: number;
  contentType: string;
  etag: string;
  lastModified: Date;
  metadata: Record<string, string>;
}
/** What fauxqs throws where S3 answers with an error. */
export interface StoreError extends Error {
  code: string;
  statusCode: number;
}
/** Answers a command of SQS: what the wire has, in `body` and as a result. */
export interface QueueRouter {
  handle(
    request: { headers: { 'x-amz-target': string }; body: object },
    reply: { status(code: number): void; header(name: string, value: string): void },
  ): Promise<object>;
}

/** A module inside fauxqs, whose package exports its server only. */
export const insideFauxqs = <T>(path: string): Promise<T> =>
  import(join(dirname(findPackageJSON('fauxqs', import.meta.url)!), 'dist', path));

interface Captured<T> {
  started: T;
  objects: ObjectStore;
  queues: QueueRouter;
}

/** Starts a fauxqs with objects on disk, and captures its stores, which it does not give out. */
export async function captureStores<T>(start: () => Promise<T>): Promise<Captured<T>> {
  const { SqsRouter } = await insideFauxqs<{ SqsRouter: { prototype: { register: unknown } } }>(
    'sqs/sqsRouter.js',
  );
  const { FileS3Persistence } = await insideFauxqs<{
    FileS3Persistence: { prototype: { loadS3(store: ObjectStore): void } };
  }>('s3/fileS3Persistence.js');
  const { register } = SqsRouter.prototype as { register: (...given: unknown[]) => void };
  const { loadS3 } = FileS3Persistence.prototype;
  const captured: Partial<Captured<T>> = {};
  SqsRouter.prototype.register = function (this: QueueRouter, ...given: unknown[]) {
    captured.queues = this;
    register.apply(this, given);
  };
  FileS3Persistence.prototype.loadS3 = function (store) {
    captured.objects = store;
    loadS3.call(this, store);
  };
  try {
    captured.started = await start();
    return captured as Captured<T>;
  } finally {
    Object.assign(SqsRouter.prototype, { register });
    Object.assign(FileS3Persistence.prototype, { loadS3 });
  }
}
