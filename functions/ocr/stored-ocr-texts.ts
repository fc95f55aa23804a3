import { SCAN_EDITION, type ScanText, type ScanTexts } from '../../shared/documents/ocr/ocr-text.ts';
import { append, type DeskEvent, readEvent } from '../../shared/records/events/event-log.ts';
import { scanStream } from '../../shared/records/lifecycle/ocr-use.ts';
import type { DeskRecords } from '../../shared/records/store/record-context.ts';
import { safeKey } from '../../shared/records/store/verdict-store.ts';

/** The text of a scanned file lies in the outbox. */
interface ScanRead extends DeskEvent {
  type: 'scan.read';
  key: string;
}

/**
 * Texts of scans in the outbox bucket, by the digest of their file. An event says that a text is there, so that asking
 * for one that is not costs no failed read of the bucket (which would need the right to list it).
 */
export class StoredScanTexts implements ScanTexts {
  private readonly records: Pick<DeskRecords, 'store' | 'outbox' | 'now'>;

  constructor(records: Pick<DeskRecords, 'store' | 'outbox' | 'now'>) {
    this.records = records;
  }

  async get(digest: string): Promise<ScanText | null> {
    const read = await readEvent<ScanRead>(this.records.store, scanStream(digest), SEQ);
    return read
      ? (JSON.parse((await this.records.outbox.read(read.key)).toString('utf8')) as ScanText)
      : null;
  }

  /** The object first, the event after it. Put again (more pages of the same file), the object is replaced. */
  async put(text: ScanText): Promise<void> {
    const key = `texts/${safeKey(text.digest)}/${SCAN_EDITION}.json`;
    await this.records.outbox.write(key, JSON.stringify(text), 'application/json; charset=utf-8');
    await append(this.records.store, {
      stream: scanStream(text.digest),
      seq: SEQ,
      type: 'scan.read',
      at: this.records.now().toISOString(),
      key,
    } as ScanRead);
  }
}

const SEQ = `1#read#${SCAN_EDITION}`;
