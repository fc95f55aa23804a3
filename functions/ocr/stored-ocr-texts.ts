import { type FileText, OCR_EDITION, type OcrTexts } from '../../shared/documents/ocr/ocr-text.ts';
import { ocrKeys } from '../../shared/records/events/event-keys.ts';
import { append, readEvent } from '../../shared/records/events/event-log.ts';
import type { RecordContext } from '../../shared/records/store/record-context.ts';
import { safeKey } from '../../shared/records/store/result-store.ts';

type Records = Pick<RecordContext, 'store' | 'results' | 'now'>;

/**
 * OCR texts in the results bucket, by the digest of their file. An event records that a text is stored, so that asking
 * for a missing one costs no failed read of the bucket (which would need the right to list it).
 */
export class StoredOcrTexts implements OcrTexts {
  private readonly records: Records;

  constructor(records: Records) {
    this.records = records;
  }

  /** A text that the disk of one machine lost is read again. */
  async get(digest: string): Promise<FileText | null> {
    const { store, results } = this.records;
    const read = await readEvent(store, ocrKeys.read(digest, OCR_EDITION));
    const bytes = read && (await results.find(read.key));
    return bytes ? (JSON.parse(bytes.toString('utf8')) as FileText) : null;
  }

  /** The object first, the event after it. A text put again, with more pages of the same file, replaces the object. */
  async put(text: FileText): Promise<void> {
    const { store, results, now } = this.records;
    const key = `texts/${safeKey(text.digest)}/${OCR_EDITION}.json`;
    await results.write(key, JSON.stringify(text), 'application/json; charset=utf-8');
    await append(store, { ...ocrKeys.read(text.digest, OCR_EDITION), at: now().toISOString(), key });
  }
}
