import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { PacketVerdict } from '../../decision/verdict.ts';
import { sha256 } from '../../text/digest.ts';

/** Where a whole verdict is stored. The records hold this; the verdict itself (with its explanation) may be large. */
export interface VerdictRef {
  verdict_key: string;
  /** sha256 of the stored bytes, hex */
  verdict_digest: string;
}

/** The stored bytes of a letter are not those that were sent. */
export class LetterLostError extends Error {
  override name = 'LetterLost';
}

/** The stored bytes of a verdict are gone, or are not those that were decided on. */
export class VerdictLostError extends Error {
  override name = 'VerdictLost';
  readonly verdict_key: string;
  readonly packet_id: string;

  constructor(verdict_key: string) {
    super(`verdict ${verdict_key} is not what was decided`);
    this.verdict_key = verdict_key;
    this.packet_id = verdict_key.split('/')[1] ?? '';
  }
}

/** True: an error because a stored verdict or letter is gone or changed. A rebuild restores it. */
export const isResultLost = (error: unknown): boolean =>
  error instanceof Error && ['VerdictLost', 'LetterLost', 'NoSuchKey'].includes(error.name);

/** The results bucket: verdicts/ and texts/ for the desk, offices/<office>/ for letters an office may read. */
export class ResultStore {
  private readonly s3: S3Client;
  private readonly bucket: string;
  private readonly refusesExisting: boolean;

  /** @param refusesExisting the store holds a put to If-None-Match; that of one machine does not, and is asked before */
  constructor(s3: S3Client, bucket: string, { refusesExisting = true } = {}) {
    this.s3 = s3;
    this.bucket = bucket;
    this.refusesExisting = refusesExisting;
  }

  /**
   * Stores a verdict under its own digest: stored twice, it is the same object. One that exists whole is not rewritten, so
   * that a second writer that is interrupted cannot damage what a decision refers to already.
   * @param overwrite the stored one is damaged
   */
  async keepVerdict(verdict: PacketVerdict, { overwrite = false } = {}): Promise<VerdictRef> {
    const body = JSON.stringify(verdict);
    const digest = sha256(body);
    const key = `verdicts/${safeKey(verdict.packet_id)}/${digest.slice(0, 16)}.json`;
    if (overwrite || !(await this.putNew(key, body))) await this.write(key, body, JSON_TYPE);
    return { verdict_key: key, verdict_digest: digest };
  }

  /** Puts an object where none exists. False: one exists that is not whole. */
  private async putNew(key: string, body: string): Promise<boolean> {
    if (this.refusesExisting) {
      const isNew = await this.write(key, body, JSON_TYPE, '*').then(() => true, falseWhereExists);
      if (isNew) return true;
    }
    return (await this.sizeOf(key).catch(nullWhereForbidden)) === Buffer.byteLength(body);
  }

  /** @throws VerdictLostError where the bytes are gone or not those that were decided on */
  async readVerdict(ref: VerdictRef): Promise<PacketVerdict> {
    const body = await this.find(ref.verdict_key);
    if (!body || sha256(body) !== ref.verdict_digest) throw new VerdictLostError(ref.verdict_key);
    return JSON.parse(body.toString('utf8')) as PacketVerdict;
  }

  async read(key: string): Promise<Buffer> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    return Buffer.from(await Body!.transformToByteArray());
  }

  /** The bytes of an object; null: no object. Needs the right to list, without which S3 forbids a missing object. */
  async find(key: string): Promise<Buffer | null> {
    return this.read(key).catch((error: unknown) => {
      if (error instanceof Error && error.name === 'NoSuchKey') return null;
      throw error;
    });
  }

  /** Size of an object, bytes; null: no object. Without the right to list, S3 answers 403 for a missing object. */
  private async sizeOf(key: string): Promise<number | null> {
    try {
      const { ContentLength } = await this.s3.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key }));
      return ContentLength ?? 0;
    } catch (error) {
      if (error instanceof Error && ['NotFound', 'NoSuchKey'].includes(error.name)) return null;
      throw error;
    }
  }

  async write(key: string, body: string, type: string, IfNoneMatch?: '*'): Promise<void> {
    await this.s3.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: key,
        Body: Buffer.from(body, 'utf8'),
        ContentType: type,
        IfNoneMatch,
      }),
    );
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** 412: an object has the key. 409, another put of it is under way, is a failure: the message comes again. */
function falseWhereExists(error: unknown): false {
  if (error instanceof Error && error.name === 'PreconditionFailed') return false;
  throw error;
}

/** Without the right to list, a missing object looks like a forbidden one. */
function nullWhereForbidden(error: unknown): null {
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403) return null;
  throw error;
}

/** Text as part of a key: only characters every object store and file system accepts. */
export const safeKey = (text: string): string => text.replace(/[^A-Za-z0-9._-]/g, '_');
