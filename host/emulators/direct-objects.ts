import { Readable } from 'node:stream';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { type Answer, failure } from './direct-clients.ts';
import type { ObjectStore, StoredObject, StoreError } from './fauxqs-stores.ts';
import { isSafeKey } from './store-guard.ts';

interface Input {
  Bucket?: string;
  Key?: string;
  Body?: unknown;
  ContentType?: string;
}

/**
 * Answers from the objects of this process: whole objects of a bucket without versions. All else goes by the socket.
 * @param hasVersions buckets whose versions are emulated there (object-versions.ts)
 */
export const objectAnswers =
  (objects: ObjectStore, hasVersions: (bucket: string) => boolean): Answer =>
  (command, input) => {
    const { Bucket = '', Key = '', Body, ContentType } = input as Input;
    if (hasVersions(Bucket) || Key === '' || !isSafeKey(Key)) return null;
    const options = Object.keys(input).filter((name) => input[name] !== undefined);
    if (options.some((name) => !['Bucket', 'Key', 'Body', 'ContentType'].includes(name))) return null;
    if (command === 'PutObject' && Buffer.isBuffer(Body))
      return () => answer(() => ({ ETag: objects.putObject(Bucket, Key, Body, ContentType).etag }));
    if (command === 'HeadObject') return () => answer(() => headOf(objects.headObject(Bucket, Key)));
    if (command === 'GetObject') return () => answer(() => wholeOf(objects.getObject(Bucket, Key)));
    return null;
  };

const headOf = ({ contentLength, contentType, etag, lastModified, metadata }: StoredObject): object => ({
  ContentLength: contentLength,
  ContentType: contentType,
  ETag: etag,
  LastModified: lastModified,
  Metadata: metadata,
});

const wholeOf = (stored: StoredObject & { body: Buffer }): object => ({
  ...headOf(stored),
  Body: bodyOf(stored.body),
});

/** A stream with the methods that the SDK adds to it. */
const bodyOf = (bytes: Buffer): Readable =>
  Object.assign(Readable.from([bytes], { objectMode: false }), {
    transformToByteArray: async () => bytes,
    transformToString: async (encoding?: BufferEncoding) => bytes.toString(encoding),
  });

async function answer(read: () => object): Promise<object> {
  try {
    return read();
  } catch (error) {
    const { code, message, statusCode } = error as StoreError;
    if (!statusCode) throw error;
    throw new S3ServiceException(failure(code, message, statusCode));
  }
}
