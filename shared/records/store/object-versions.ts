import {
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';

export interface ObjectVersion {
  key: string;
  version_id: string;
  etag: string;
  /** bytes */
  size: number;
}

/** Every version of every object below a prefix, as the bucket lists them: by key, the newest version first. */
export async function* objectVersions(
  s3: S3Client,
  Bucket: string,
  Prefix: string,
): AsyncGenerator<ObjectVersion> {
  let after: { KeyMarker?: string; VersionIdMarker?: string } | null = {};
  while (after) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket, Prefix, ...after }),
    );
    for (const { Key, VersionId, ETag, Size } of page.Versions ?? [])
      yield {
        key: Key!,
        version_id: VersionId!,
        etag: (ETag ?? '').replaceAll('"', ''),
        size: Size ?? 0,
      };
    after = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      : null;
  }
}
