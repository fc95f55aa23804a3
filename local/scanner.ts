import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectTaggingCommand, PutObjectTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { withUpload } from '../functions/fetch-upload.ts';
import { CLEAN, isFinal, SCAN_RESULTS, SCAN_TAG, type ScanResult } from '../shared/records/malware-scan.ts';
import type { InboxObject } from '../shared/records/upload-id.ts';
import type { BusEvent } from './event-bus.ts';
import { SCANNER } from './object-versions.ts';

/** A scanner that says nothing for so long has failed, ms. */
const PATIENCE = 10 * 60_000;
/** What could not be scanned is tried again after so long, ms. */
const TRY_AGAIN = 60_000;

export interface ScannerOptions {
  inbox: string;
  /** run with the file's path behind it: exit code 0 clean, 1 infected, anything else failed. Null: nothing is scanned */
  command: string | null;
  tell: (event: BusEvent) => Promise<void>;
  /** the end of the scan of this object stands in the records */
  isRecorded: (object: InboxObject) => Promise<boolean>;
}

/**
 * GuardDuty's part on this machine: each new version of an object is scanned by a command of the operator's, tagged with
 * the result, and the result told in GuardDuty's words. Without a command everything is clean at once, so that uploads go
 * the same way here as there. One object at a time.
 */
export class Scanner {
  private readonly options: ScannerOptions;
  private readonly s3 = new S3Client({
    forcePathStyle: true,
    credentials: { accessKeyId: SCANNER, secretAccessKey: SCANNER },
  });
  private queue: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();
  /** objects that wait or are at work */
  waiting = 0;
  /** objects that could not be scanned and wait to be tried again */
  failed = 0;

  constructor(options: ScannerOptions) {
    this.options = options;
  }

  /** Puts an object in the line. */
  add(object: InboxObject): void {
    this.waiting++;
    this.queue = this.queue.then(async () => {
      const isDone = await this.scan(object).catch(() => false);
      this.waiting--;
      if (isDone || this.stopping.signal.aborted) return;
      this.failed++;
      void this.tryAgain(object);
    });
  }

  /** Until the line is empty; what could not be scanned waits beside it. */
  async idle(): Promise<void> {
    while (this.waiting > 0) await this.queue;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.queue;
    this.s3.destroy();
  }

  private async tryAgain(object: InboxObject): Promise<void> {
    await sleep(TRY_AGAIN, null, { signal: this.stopping.signal, ref: false }).catch(() => {});
    if (this.stopping.signal.aborted) return;
    this.failed--;
    this.add(object);
  }

  /** True: the scan has come to an end. Killed between tag and word, it finds the tag and gives the word again. */
  private async scan(object: InboxObject): Promise<boolean> {
    if (this.stopping.signal.aborted) return false;
    const before = await this.tagOf(object);
    if (before && isFinal(before)) {
      if (!(await this.options.isRecorded(object))) await this.tell(object, before);
      return true;
    }
    const result = await this.resultOf(object);
    if (this.stopping.signal.aborted) return false;
    await this.s3.send(
      new PutObjectTaggingCommand({
        ...this.at(object),
        Tagging: { TagSet: [{ Key: SCAN_TAG, Value: result }] },
      }),
    );
    await this.tell(object, result);
    return isFinal(result);
  }

  private async resultOf(object: InboxObject): Promise<ScanResult> {
    const { command, inbox } = this.options;
    if (!command) return CLEAN;
    const code = await withUpload({ s3: this.s3, inbox }, object, (file) => this.run(command, file));
    return code === 0 ? CLEAN : code === 1 ? 'THREATS_FOUND' : 'FAILED';
  }

  /** Exit code of the command; null where it did not end by itself. */
  private run(command: string, file: string): Promise<number | null> {
    return new Promise((done) => {
      // The path is the desk's own; the command is the operator's, with options as a shell reads them.
      const child = spawn(`${command} "${file}"`, {
        shell: true,
        stdio: 'ignore',
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(PATIENCE)]),
      });
      child.once('error', () => done(null));
      child.once('exit', done);
    });
  }

  private async tagOf(object: InboxObject): Promise<ScanResult | undefined> {
    const { TagSet = [] } = await this.s3.send(new GetObjectTaggingCommand(this.at(object)));
    const said = TagSet.find(({ Key }) => Key === SCAN_TAG)?.Value;
    return SCAN_RESULTS.find((result) => result === said);
  }

  private at({ key, version_id }: InboxObject): { Bucket: string; Key: string; VersionId?: string } {
    return { Bucket: this.options.inbox, Key: key, VersionId: version_id };
  }

  private tell({ key, etag, version_id }: InboxObject, result: ScanResult): Promise<void> {
    return this.options.tell({
      source: 'aws.guardduty',
      'detail-type': 'GuardDuty Malware Protection Object Scan Result',
      detail: {
        schemaVersion: '1.0',
        scanStatus: result === 'FAILED' ? 'FAILED' : 'COMPLETED',
        resourceType: 'S3_OBJECT',
        s3ObjectDetails: {
          bucketName: this.options.inbox,
          objectKey: key,
          eTag: etag,
          versionId: version_id,
          s3Throttled: false,
        },
        scanResultDetails: { scanResultStatus: result, threats: null, statusReasons: null },
      },
    });
  }
}
