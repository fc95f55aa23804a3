import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectRetentionCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { sha256OfStream } from '../../text/digest.ts';
import { objectVersions } from './object-versions.ts';

export interface CaseObject {
  bucket: 'inbox' | 'results';
  key: string;
  /** this version alone: another one under the same key is another upload. Absent: every version */
  version_id?: string;
}
export interface ErasedObject extends CaseObject {
  /** sha256 of the bytes that were erased, hex */
  sha256: string;
}

/**
 * Locks, holds and erases the objects of a case. In the cloud with S3 Object Lock in governance mode, on every version of
 * an object; on one machine the store has no locks, and the records alone hold the date.
 */
export class ObjectKeeper {
  private readonly s3: S3Client;
  private readonly buckets: Record<CaseObject['bucket'], string>;
  private readonly locks: boolean;

  constructor(s3: S3Client, buckets: Record<CaseObject['bucket'], string>, locks: boolean) {
    this.s3 = s3;
    this.buckets = buckets;
    this.locks = locks;
  }

  /**
   * Locks until the end of `day` in Japan. A lock is only prolonged: another case may need the object for longer. S3 refuses
   * a day that has passed: such an object may be erased, and needs no lock.
   */
  async keepUntil(objects: CaseObject[], day: string): Promise<void> {
    if (!this.locks) return;
    const RetainUntilDate = new Date(`${day}T15:00:00Z`);
    if (RetainUntilDate <= new Date()) return;
    for (const object of objects)
      for (const version of await this.versionsOf(object)) {
        const current = await this.s3
          .send(new GetObjectRetentionCommand(version))
          .then(({ Retention }) => Retention?.RetainUntilDate, ignoreUnlocked);
        if (current && current >= RetainUntilDate) continue;
        await this.s3.send(
          new PutObjectRetentionCommand({ ...version, Retention: { Mode: 'GOVERNANCE', RetainUntilDate } }),
        );
      }
  }

  async hold(objects: CaseObject[], isHeld: boolean): Promise<void> {
    if (!this.locks) return;
    const LegalHold = { Status: isHeld ? ('ON' as const) : ('OFF' as const) };
    for (const object of objects)
      for (const version of await this.versionsOf(object))
        await this.s3.send(new PutObjectLegalHoldCommand({ ...version, LegalHold }));
  }

  /**
   * Erases an object: its version, or every one. Returns null where it did not exist any more.
   * @throws Error where it is locked or held
   */
  async erase(object: CaseObject): Promise<ErasedObject | null> {
    const sha256 = await this.digest(object);
    // On one machine only the inbox keeps versions.
    const versions = this.locks ? await this.versionsOf(object) : [this.locate(object)];
    for (const version of versions) await this.s3.send(new DeleteObjectCommand(version));
    return sha256 ? { ...object, sha256 } : null;
  }

  /** sha256 of an object, hex; null: no object. */
  async digest(object: CaseObject): Promise<string | null> {
    try {
      const { Body } = await this.s3.send(new GetObjectCommand(this.locate(object)));
      return await sha256OfStream(Body as AsyncIterable<Uint8Array>);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  private locate({ bucket, key, version_id }: CaseObject): ObjectLocation {
    return { Bucket: this.buckets[bucket], Key: key, VersionId: version_id };
  }

  private async versionsOf(object: CaseObject): Promise<ObjectLocation[]> {
    const location = this.locate(object);
    if (object.version_id) return [location];
    const found: ObjectLocation[] = [];
    for await (const { key, version_id } of objectVersions(this.s3, location.Bucket, location.Key))
      if (key === location.Key) found.push({ ...location, VersionId: version_id });
    return found;
  }
}

interface ObjectLocation {
  Bucket: string;
  Key: string;
  VersionId?: string;
}

/** A bucket has no such object, or no such version of it. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && ['NoSuchKey', 'NoSuchVersion', 'NotFound'].includes(error.name);

/** S3 answers for an object without a lock with this error. */
function ignoreUnlocked(error: unknown): undefined {
  if (error instanceof Error && error.name === 'NoSuchObjectLockConfiguration') return undefined;
  throw error;
}
