import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerDirectly } from '../../../host/emulators/direct-clients.ts';
import { objectAnswers } from '../../../host/emulators/direct-objects.ts';
import { captureStores } from '../../../host/emulators/fauxqs-stores.ts';
import { onLoopback } from '../../../host/emulators/loopback.ts';
import { MALWARE_SCANNER, ObjectVersions, tagGuardOf } from '../../../host/emulators/object-versions.ts';
import { matches } from '../../../host/event-bus.ts';
import { objectVersions } from '../../../shared/records/store/object-versions.ts';
import { collect } from '../../../shared/records/store/record-store.ts';

// The object store of one machine behind the proxy that adds versions and tags, called through the SDK.
const Bucket = 'inbox';

describe.each([
  ['by a socket', false],
  ['in this process', true],
])('objects %s', (_, isDirect) => {
  const versions = new ObjectVersions();
  let fauxqs: FauxqsServer;
  let folder: string;
  let s3: S3Client;
  let scanner: S3Client;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'object-versions-'));
    const settings = { port: 0, logger: false, defaultRegion: 'ap-northeast-1', s3StorageDir: folder };
    const stores = await captureStores(() =>
      onLoopback(
        () => startFauxqs(settings),
        (request, response, next) => versions.handle(request, response, next),
      ),
    );
    fauxqs = stores.started;
    versions.objects = stores.objects;
    Object.assign(process.env, {
      AWS_REGION: 'ap-northeast-1',
      AWS_ACCESS_KEY_ID: 'one-machine',
      AWS_SECRET_ACCESS_KEY: 'one-machine',
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${fauxqs.port}`,
    });
    s3 = new S3Client({ forcePathStyle: true });
    if (isDirect) answerDirectly(s3, objectAnswers(stores.objects, versions));
    const credentials = { accessKeyId: MALWARE_SCANNER, secretAccessKey: MALWARE_SCANNER };
    scanner = new S3Client({ forcePathStyle: true, credentials });
    await s3.send(new CreateBucketCommand({ Bucket }));
    // Stored before versions existed.
    await s3.send(new PutObjectCommand({ Bucket, Key: 'uploads/old', Body: 'old' }));
    versions.bucket = Bucket;
  });
  afterAll(async () => {
    await fauxqs.stop();
    rmSync(folder, { recursive: true });
  });

  const put = async (Key: string, Body: string): Promise<string> =>
    (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId!;
  const read = async (Key: string, VersionId?: string, by = s3): Promise<string> =>
    (await by.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body!.transformToString();
  const listed = async (prefix: string) =>
    (await collect(objectVersions(s3, Bucket, prefix))).map(({ key, version_id }) => [key, version_id]);

  describe('a key', () => {
    it('keeps every version, lists the newest first, and returns the newest where none is named', async () => {
      const key = 'uploads/R 1/直接.zip';
      const [one, two] = [await put(key, 'one'), await put(key, 'two')];
      expect(await read(key, one)).toBe('one');
      expect(await read(key)).toBe('two');
      expect(await listed('uploads/R 1')).toEqual([
        [key, two],
        [key, one],
      ]);
      await s3.send(new DeleteObjectCommand({ Bucket, Key: key, VersionId: one }));
      expect(await listed('uploads/R 1')).toEqual([[key, two]]);
    });

    it('keeps an object that was put before versions existed', async () => {
      expect(await listed('uploads/old')).toEqual([['uploads/old', 'null']]);
      const now = await put('uploads/old', 'new');
      expect(await listed('uploads/old')).toEqual([
        ['uploads/old', now],
        ['uploads/old', 'null'],
      ]);
      expect(await read('uploads/old', 'null')).toBe('old');
    });
  });

  describe('a bucket whose policy asks for a tag', () => {
    it('refuses every reader but the scanner until the tag is set, version by version', async () => {
      versions.guard = tagGuardOf({
        Resources: {
          Policy: {
            Type: 'AWS::S3::BucketPolicy',
            Properties: {
              PolicyDocument: {
                Statement: [
                  { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
                  {
                    Effect: 'Deny',
                    Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Inbox', 'Arn'] }, '/uploads/*']] },
                    Condition: { StringNotEquals: { 's3:ExistingObjectTag/Scan': 'CLEAN' } },
                  },
                ],
              },
            },
          },
        },
      });
      const key = 'uploads/tagged';
      const [one, two] = [await put(key, 'one'), await put(key, 'two')];
      await expect(read(key, one)).rejects.toThrow('Access Denied');
      expect(await read(key, one, scanner)).toBe('one');
      const tag = {
        Bucket,
        Key: key,
        VersionId: one,
        Tagging: { TagSet: [{ Key: 'Scan', Value: 'CLEAN' }] },
      };
      await expect(s3.send(new PutObjectTaggingCommand(tag))).rejects.toThrow('Access Denied');
      await scanner.send(new PutObjectTaggingCommand(tag));
      expect(await read(key, one)).toBe('one');
      await expect(read(key, two)).rejects.toThrow('Access Denied');
      const tags = async (VersionId: string) =>
        (await s3.send(new GetObjectTaggingCommand({ Bucket, Key: key, VersionId }))).TagSet;
      expect(await tags(one)).toEqual([{ Key: 'Scan', Value: 'CLEAN' }]);
      expect(await tags(two)).toEqual([]);
      // An object from before the scanner is closed until it is scanned.
      await expect(read('uploads/old', 'null')).rejects.toThrow('Access Denied');
      await scanner.send(new PutObjectTaggingCommand({ ...tag, Key: 'uploads/old', VersionId: 'null' }));
      expect(await read('uploads/old', 'null')).toBe('old');
      // Objects that the policy does not name are open to every reader.
      await put('other/key', 'open');
      expect(await read('other/key')).toBe('open');
    });
  });
});

describe('a rule of the event bus', () => {
  const resolve = (value: unknown) => (typeof value === 'string' ? value : 'the-inbox');
  const pattern = {
    source: ['aws.guardduty'],
    detail: { s3: { bucket: [{ Ref: 'Inbox' }], key: [{ prefix: 'uploads/' }] } },
  };
  const event = (bucket: string, key: string) => ({
    source: 'aws.guardduty',
    detail: { s3: { bucket, key } },
  });

  it.each([
    [event('the-inbox', 'uploads/1'), true],
    [event('another', 'uploads/1'), false],
    [event('the-inbox', 'else/1'), false],
    [{ source: 'aws.guardduty' }, false],
  ])('holds an event to its pattern: %j', (one, isMatch) => {
    expect(matches(pattern, one, resolve)).toBe(isMatch);
  });
});
