import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resourcesOf, type Template } from '../template.ts';
import type { ObjectStore, StoredObject } from './fauxqs-stores.ts';

/** Suffixes of stored keys: each version of an object is an object of its own, with its tags in another. */
const VERSION = '~version~';
export const TAGS = '~tags';
/** S3's version id of an object that was put before its bucket had versioning. */
const UNVERSIONED = 'null';
/** Access key id of the malware scanner, which alone may read unscanned objects. */
export const MALWARE_SCANNER = 'scanner';

/** Credentials with the secret of this start, after setSdkEnvironment. */
export const credentialsOf = (accessKeyId: string) => ({
  accessKeyId,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY!,
});

const storedKey = (key: string, version: string): string =>
  version === UNVERSIONED ? key : `${key}${VERSION}${version}`;
export const isInner = (key: string): boolean => key.includes(VERSION) || key.endsWith(TAGS);
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
 * Stateless: the listing of the store is the truth. With a guard it enforces the bucket policy too. The functions of this
 * process get and put objects past the sockets.
 */
export class ObjectVersions {
  bucket = '';
  guard: TagGuard | null = null;
  /** where the versions are stored */
  objects!: ObjectStore;

  /** Answers the request, or rewrites it for the store and passes it on. */
  async handle(request: IncomingMessage, response: ServerResponse, next: Next): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://store');
    const [, bucket, ...rest] = url.pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    const { searchParams: query } = url;
    if (!this.bucket || bucket !== this.bucket || isInner(key)) return next();
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
    const version = query.get('versionId') ?? this.latest(key);
    const stored = storedKey(key, version);
    if (query.has('tagging')) {
      if (request.method === 'PUT')
        return isSignedBy(MALWARE_SCANNER, request) ? forward(stored + TAGS) : denied(response);
      return this.has(stored + TAGS) ? forward(stored + TAGS) : xml(response, 200, tagging(''));
    }
    if (request.method === 'DELETE') this.objects.deleteObject(bucket, stored + TAGS);
    else if (!isSignedBy(MALWARE_SCANNER, request) && !this.mayRead(key, stored)) return denied(response);
    response.setHeader('x-amz-version-id', version);
    forward(stored);
  }

  /** The version that a function gets, as it may. @throws StoreError */
  get(key: string, version = this.latest(key)): StoredObject & { body: Buffer; version: string } {
    const stored = storedKey(key, version);
    if (!this.mayRead(key, stored)) throw accessDenied();
    return { ...this.objects.getObject(this.bucket, stored), version };
  }

  /** Bytes of a version; 0: no such version. */
  sizeOf(key: string, version = this.latest(key)): number {
    const stored = storedKey(key, version);
    return this.has(stored) ? this.objects.headObject(this.bucket, stored).contentLength : 0;
  }

  put(key: string, body: Buffer, contentType?: string): StoredObject & { version: string } {
    const version = newVersion();
    return { ...this.objects.putObject(this.bucket, storedKey(key, version), body, contentType), version };
  }

  private mayRead(key: string, stored: string): boolean {
    if (!this.guard || !key.startsWith(this.guard.prefix)) return true;
    if (!this.has(stored)) return true; // the store answers 404
    const tags = this.has(stored + TAGS)
      ? this.objects.getObject(this.bucket, stored + TAGS).body.toString()
      : '';
    return tags.includes(`<Key>${this.guard.tag}</Key><Value>${this.guard.value}</Value>`);
  }

  private list(query: URLSearchParams, response: ServerResponse): void {
    const versions = this.versionsBelow(query.get('prefix') ?? '');
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
  private versionsBelow(prefix: string): Version[] {
    const found: Version[] = [];
    const { objects } = this.objects.listObjects(this.bucket, { prefix, maxKeys: Number.POSITIVE_INFINITY });
    for (const { key: stored, etag, contentLength: size, lastModified: modified } of objects) {
      if (stored.endsWith(TAGS)) continue;
      const [key, version = UNVERSIONED] = stored.split(VERSION) as [string, string?];
      found.push({ key, version, etag, size, modified });
    }
    const age = ({ version }: Version) => (version === UNVERSIONED ? '' : version);
    return found.sort((a, b) => a.key.localeCompare(b.key) || age(b).localeCompare(age(a)));
  }

  private latest(key: string): string {
    return this.versionsBelow(key).find((one) => one.key === key)?.version ?? UNVERSIONED;
  }

  private has(key: string): boolean {
    try {
      this.objects.headObject(this.bucket, key);
      return true;
    } catch {
      return false;
    }
  }
}

const accessDenied = (): Error =>
  Object.assign(new Error('Access Denied'), { code: 'AccessDenied', statusCode: 403 });

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
