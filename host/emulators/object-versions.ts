import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { resourcesOf, type Template } from '../template.ts';

/** Suffixes of stored keys: each version of an object is an object of its own, with its tags in another. */
const VERSION = '~version~';
export const TAGS = '~tags';
/** S3's version id of an object that was put before its bucket had versioning. */
const UNVERSIONED = 'null';
/** Access key id of the malware scanner, which alone may read unscanned objects. */
export const MALWARE_SCANNER = 'scanner';
/** Access key id of this emulator's own requests, which go straight to the store. */
const INTERNAL = 'internal';

/** Credentials with the secret of this start, after setSdkEnvironment. */
export const credentialsOf = (accessKeyId: string) => ({
  accessKeyId,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY!,
});

const storedKey = (key: string, version: string): string =>
  version === UNVERSIONED ? key : `${key}${VERSION}${version}`;
const isInner = (key: string): boolean => key.includes(VERSION) || key.endsWith(TAGS);
/** Sorted by name they are sorted by time. */
const newVersion = (): string =>
  `${Date.now().toString(36).padStart(9, '0')}${randomBytes(4).toString('hex')}`;

interface Version {
  key: string;
  version: string;
  etag: string;
  size: number;
  modified: Date;
}

/** The bucket policy on tags: below the prefix only objects with this tag can be read, except by the scanner. */
export interface TagGuard {
  prefix: string;
  tag: string;
  value: string;
}

type Next = () => void;

/**
 * Emulates versions and tags of one bucket, which fauxqs lacks: middleware that gives each put its own stored key.
 * Stateless: the listing of the store is the truth. With a guard it enforces the bucket policy too.
 */
export class ObjectVersions {
  bucket = '';
  guard: TagGuard | null = null;
  private internalClient: S3Client | undefined;

  /** Answers the request, or rewrites it for the store and passes it on. */
  async handle(request: IncomingMessage, response: ServerResponse, next: Next): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://store');
    const [, bucket, ...rest] = url.pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    const { searchParams: query } = url;
    if (!this.bucket || bucket !== this.bucket || isInner(key) || isSignedBy(INTERNAL, request))
      return next();
    if (query.has('uploadId')) return next();
    if (key === '') return query.has('versions') ? this.list(query, response) : next();
    const forward = (to: string) => {
      query.delete('versionId');
      query.delete('tagging');
      const search = query.toString();
      request.url = `/${bucket}/${to.split('/').map(encodeURIComponent).join('/')}${search ? `?${search}` : ''}`;
      next();
    };
    const isPut = request.method === 'PUT' && !query.has('tagging');
    if (isPut || (request.method === 'POST' && query.has('uploads'))) {
      const version = newVersion();
      response.setHeader('x-amz-version-id', version);
      return forward(storedKey(key, version));
    }
    const version = query.get('versionId') ?? (await this.latest(key)) ?? UNVERSIONED;
    const stored = storedKey(key, version);
    if (query.has('tagging')) {
      if (request.method === 'PUT')
        return isSignedBy(MALWARE_SCANNER, request) ? forward(stored + TAGS) : denied(response);
      return (await this.has(stored + TAGS)) ? forward(stored + TAGS) : xml(response, 200, tagging(''));
    }
    if (request.method === 'DELETE')
      await this.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: stored + TAGS }));
    else if (!isSignedBy(MALWARE_SCANNER, request) && !(await this.mayRead(key, stored)))
      return denied(response);
    response.setHeader('x-amz-version-id', version);
    forward(stored);
  }

  private async mayRead(key: string, stored: string): Promise<boolean> {
    if (!this.guard || !key.startsWith(this.guard.prefix)) return true;
    if (!(await this.has(stored))) return true; // the store answers 404
    const tags = await this.read(stored + TAGS);
    return tags.includes(`<Key>${this.guard.tag}</Key><Value>${this.guard.value}</Value>`);
  }

  private async list(query: URLSearchParams, response: ServerResponse): Promise<void> {
    const versions = await this.versionsBelow(query.get('prefix') ?? '');
    const body = versions.map(
      ({ key, version, etag, size, modified }) =>
        `<Version><Key>${escapeXml(key)}</Key><VersionId>${version}</VersionId><ETag>${escapeXml(etag)}</ETag>` +
        `<Size>${size}</Size><LastModified>${modified.toISOString()}</LastModified></Version>`,
    );
    xml(
      response,
      200,
      `<ListVersionsResult><IsTruncated>false</IsTruncated>${body.join('')}</ListVersionsResult>`,
    );
  }

  /** By key, the newest version first, as S3 lists them. */
  private async versionsBelow(Prefix: string): Promise<Version[]> {
    const found: Version[] = [];
    for await (const page of paginateListObjectsV2({ client: this.client }, { Bucket: this.bucket, Prefix }))
      for (const { Key, ETag, Size, LastModified } of page.Contents ?? []) {
        if (Key!.endsWith(TAGS)) continue;
        const [key, version = UNVERSIONED] = Key!.split(VERSION) as [string, string?];
        found.push({
          key,
          version,
          etag: ETag ?? '',
          size: Size ?? 0,
          modified: LastModified ?? new Date(0),
        });
      }
    const age = ({ version }: Version) => (version === UNVERSIONED ? '' : version);
    return found.sort((a, b) => a.key.localeCompare(b.key) || age(b).localeCompare(age(a)));
  }

  private async latest(key: string): Promise<string | undefined> {
    return (await this.versionsBelow(key)).find((one) => one.key === key)?.version;
  }

  private has = (Key: string): Promise<boolean> =>
    this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key })).then(
      () => true,
      () => false,
    );

  private async read(Key: string): Promise<string> {
    return this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key })).then(
      ({ Body }) => Body!.transformToString(),
      () => '',
    );
  }

  /** Created at first use, when the environment has the endpoint of the store. */
  private get client(): S3Client {
    const credentials = credentialsOf(INTERNAL);
    this.internalClient ??= new S3Client({ forcePathStyle: true, credentials });
    return this.internalClient;
  }
}

/** The tag condition of the bucket policy in the template. Null: the stack has no malware scan. */
export function tagGuardOf(template: Template): TagGuard | null {
  for (const [, { Properties }] of resourcesOf(template, 'AWS::S3::BucketPolicy'))
    for (const { Effect, Condition, Resource } of Properties.PolicyDocument.Statement) {
      const condition = Object.entries(Condition?.StringNotEquals ?? {}).find(([name]) =>
        name.startsWith('s3:ExistingObjectTag/'),
      );
      if (Effect !== 'Deny' || !condition) continue;
      const [, path] = Resource['Fn::Join'][1] as [unknown, string];
      return {
        prefix: path.replace(/^\//, '').replace(/\*$/, ''),
        tag: condition[0].replace('s3:ExistingObjectTag/', ''),
        value: String(condition[1]),
      };
    }
  return null;
}

const isSignedBy = (accessKeyId: string, { headers }: IncomingMessage): boolean =>
  headers.authorization?.includes(`Credential=${accessKeyId}/`) ?? false;

const tagging = (set: string): string => `<Tagging><TagSet>${set}</TagSet></Tagging>`;
const denied = (response: ServerResponse): void =>
  xml(response, 403, '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');

function xml(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`);
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
