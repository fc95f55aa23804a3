import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectRetentionCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { objectVersions } from './object-versions.ts';

export interface CaseObject {
  bucket: 'inbox' | 'results';
  key: string;
  /** this version alone: another one under the same key is another upload. Without it, every version is meant */
  version_id?: string;
}
export interface ErasedObject extends CaseObject {
  /** sha256 of the bytes that were erased, hex */
  sha256: string;
}

/**
 * The objects of a case: locked until their day, held, erased. In the cloud with S3 Object Lock in governance mode, every
 * version of an object; on one machine the store knows no locks, and the records alone keep the date.
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

  /** Locks until the end of `day` in Japan. A lock is only ever made longer: another case may need the object for longer. */
  async keepUntil(objects: CaseObject[], day: string): Promise<void> {
    if (!this.locks) return;
    const RetainUntilDate = new Date(`${day}T15:00:00Z`);
    for (const object of objects)
      for (const version of await this.versionsOf(object)) {
        const now = await this.s3
          .send(new GetObjectRetentionCommand(version))
          .then(({ Retention }) => Retention?.RetainUntilDate, ignoreUnlocked);
        if (now && now >= RetainUntilDate) continue;
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

  /** Erases an object: the version that is meant, or every one. Null: it was gone already. S3 refuses what is locked or held; that is thrown. */
  async erase(object: CaseObject): Promise<ErasedObject | null> {
    const sha256 = await this.digest(object);
    // The versions of the results are the cloud's alone; on one machine only the inbox keeps them.
    const versions = this.locks ? await this.versionsOf(object) : [this.at(object)];
    for (const version of versions) await this.s3.send(new DeleteObjectCommand(version));
    return sha256 ? { ...object, sha256 } : null;
  }

  async read(object: CaseObject): Promise<Buffer | null> {
    try {
      const { Body } = await this.s3.send(new GetObjectCommand(this.at(object)));
      return Buffer.from(await Body!.transformToByteArray());
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** sha256 of an object, streamed: an upload may be larger than the memory. */
  async digest(object: CaseObject): Promise<string | null> {
    try {
      const { Body } = await this.s3.send(new GetObjectCommand(this.at(object)));
      const hash = createHash('sha256');
      for await (const chunk of Body as AsyncIterable<Uint8Array>) hash.update(chunk);
      return hash.digest('hex');
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  private at({ bucket, key, version_id }: CaseObject): ObjectPlace {
    return { Bucket: this.buckets[bucket], Key: key, VersionId: version_id };
  }

  private async versionsOf(object: CaseObject): Promise<ObjectPlace[]> {
    const at = this.at(object);
    if (object.version_id) return [at];
    const found: ObjectPlace[] = [];
    for await (const { key, version_id } of objectVersions(this.s3, at.Bucket, at.Key))
      if (key === at.Key) found.push({ ...at, VersionId: version_id });
    return found;
  }
}

interface ObjectPlace {
  Bucket: string;
  Key: string;
  VersionId?: string;
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && ['NoSuchKey', 'NoSuchVersion', 'NotFound'].includes(error.name);

/** An object without a lock answers with an error of its own. */
function ignoreUnlocked(error: unknown): undefined {
  if (error instanceof Error && error.name === 'NoSuchObjectLockConfiguration') return undefined;
  throw error;
}
