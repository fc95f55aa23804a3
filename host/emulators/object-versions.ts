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

/** What lies under one key: its versions are objects of their own in the store, and their tags beside them. */
const VERSION = '~version~';
const TAGS = '~tags';
/** S3's word for an object that was put before its bucket kept versions. */
const BEFORE = 'null';
/** Requests signed with this key are the malware scanner's: the one who may read what nobody else may read yet. */
export const MALWARE_SCANNER = 'scanner';
/** And with this one, of what stands here itself: they go straight to the store. */
const INSIDE = 'inside';

const storedKey = (key: string, version: string): string =>
  version === BEFORE ? key : `${key}${VERSION}${version}`;
const isInner = (key: string): boolean => key.includes(VERSION) || key.endsWith(TAGS);
/** By name as by time. */
const newVersion = (): string =>
  `${Date.now().toString(36).padStart(9, '0')}${randomBytes(4).toString('hex')}`;

interface Version {
  key: string;
  version: string;
  etag: string;
  size: number;
  at: Date;
}

/** What a bucket's policy says of its tags: without this one nobody but the scanner reads below the prefix. */
export interface TagGuard {
  prefix: string;
  tag: string;
  value: string;
}

type Next = () => void;

/**
 * S3's versions and tags of one bucket, which the local object store lacks: stands before it and gives each put a key of
 * its own there. Keeps nothing in memory: what is listed in the store is what there is. With a guard it holds readers
 * to the bucket's policy as well.
 */
export class ObjectVersions {
  bucket = '';
  guard: TagGuard | null = null;
  private inside: S3Client | undefined;

  /** Answers the request itself, or turns it into one the store understands and lets it go on. */
  async handle(request: IncomingMessage, response: ServerResponse, next: Next): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://store');
    const [, bucket, ...rest] = url.pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    const { searchParams: said } = url;
    if (!this.bucket || bucket !== this.bucket || isInner(key) || isSignedBy(INSIDE, request)) return next();
    if (said.has('uploadId')) return next();
    if (key === '') return said.has('versions') ? this.list(said, response) : next();
    const turnTo = (to: string) => {
      said.delete('versionId');
      said.delete('tagging');
      const query = said.toString();
      request.url = `/${bucket}/${to.split('/').map(encodeURIComponent).join('/')}${query ? `?${query}` : ''}`;
      next();
    };
    const isPut = request.method === 'PUT' && !said.has('tagging');
    if (isPut || (request.method === 'POST' && said.has('uploads'))) {
      const version = newVersion();
      response.setHeader('x-amz-version-id', version);
      return turnTo(storedKey(key, version));
    }
    const version = said.get('versionId') ?? (await this.latest(key)) ?? BEFORE;
    const stored = storedKey(key, version);
    if (said.has('tagging')) {
      if (request.method === 'PUT')
        return isSignedBy(MALWARE_SCANNER, request) ? turnTo(stored + TAGS) : denied(response);
      return (await this.has(stored + TAGS)) ? turnTo(stored + TAGS) : xml(response, 200, tagging(''));
    }
    if (request.method === 'DELETE')
      await this.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: stored + TAGS }));
    else if (!isSignedBy(MALWARE_SCANNER, request) && !(await this.mayRead(key, stored)))
      return denied(response);
    response.setHeader('x-amz-version-id', version);
    turnTo(stored);
  }

  private async mayRead(key: string, stored: string): Promise<boolean> {
    if (!this.guard || !key.startsWith(this.guard.prefix)) return true;
    if (!(await this.has(stored))) return true; // and the store says that it is not there
    const tags = await this.read(stored + TAGS);
    return tags.includes(`<Key>${this.guard.tag}</Key><Value>${this.guard.value}</Value>`);
  }

  private async list(said: URLSearchParams, response: ServerResponse): Promise<void> {
    const versions = await this.versionsBelow(said.get('prefix') ?? '');
    const body = versions.map(
      ({ key, version, etag, size, at }) =>
        `<Version><Key>${escapeXml(key)}</Key><VersionId>${version}</VersionId><ETag>${escapeXml(etag)}</ETag>` +
        `<Size>${size}</Size><LastModified>${at.toISOString()}</LastModified></Version>`,
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
        const [key, version = BEFORE] = Key!.split(VERSION) as [string, string?];
        found.push({ key, version, etag: ETag ?? '', size: Size ?? 0, at: LastModified ?? new Date(0) });
      }
    const age = ({ version }: Version) => (version === BEFORE ? '' : version);
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

  /** Made when it is first needed: by then the environment says where the store is. */
  private get client(): S3Client {
    const credentials = { accessKeyId: INSIDE, secretAccessKey: INSIDE };
    this.inside ??= new S3Client({ forcePathStyle: true, credentials });
    return this.inside;
  }
}

/** The bucket policy's word on tags, from the template; null where the stack was made without a malware scan. */
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
