import { Readable } from 'node:stream';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { type Answer, failure } from './direct-clients.ts';
import type { ObjectStore, StoredObject, StoreError } from './fauxqs-stores.ts';
import { isInner, type ObjectVersions } from './object-versions.ts';
import { isSafeKey } from './store-guard.ts';

/** Bytes of an upload that is got in one piece; a larger one comes by the socket, piece by piece. */
const WHOLE = 8 * 1024 ** 2;

interface Input {
  Bucket?: string;
  Key?: string;
  Body?: unknown;
  ContentType?: string;
  VersionId?: string;
}
const FIELDS = ['Bucket', 'Key', 'Body', 'ContentType'];

/** Answers from the objects of this process, where whole ones are got and put. All else goes by the socket. */
export const objectAnswers =
  (objects: ObjectStore, versions: ObjectVersions): Answer =>
  (command, input) => {
    const { Bucket = '', Key = '', Body, ContentType, VersionId } = input as Input;
    if (Key === '' || !isSafeKey(Key)) return null;
    const hasVersions = Bucket === versions.bucket;
    const fields = hasVersions ? [...FIELDS, 'VersionId'] : FIELDS;
    if (Object.keys(input).some((name) => input[name] !== undefined && !fields.includes(name))) return null;
    if (hasVersions) {
      if (isInner(Key)) return null;
      if (command === 'PutObject' && Buffer.isBuffer(Body))
        return () => answer(() => putOf(versions.put(Key, Body, ContentType)));
      if (command === 'GetObject' && versions.sizeOf(Key, VersionId) <= WHOLE)
        return () => answer(() => versionOf(versions.get(Key, VersionId)));
      return null;
    }
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

const putOf = ({ etag, version }: StoredObject & { version: string }): object => ({
  ETag: etag,
  VersionId: version,
});

const versionOf = (stored: StoredObject & { body: Buffer; version: string }): object => ({
  ...wholeOf(stored),
  VersionId: stored.version,
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
