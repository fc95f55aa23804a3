import { OCR_EDITION, type OcrText, type OcrTexts } from '../../shared/documents/ocr/ocr-text.ts';
import { append, type DeskEvent, readEvent } from '../../shared/records/events/event-log.ts';
import { ocrStream } from '../../shared/records/lifecycle/ocr-use.ts';
import type { RecordContext } from '../../shared/records/store/record-context.ts';
import { safeKey } from '../../shared/records/store/verdict-store.ts';

/** The text of a scanned file lies in the results. */
interface OcrRead extends DeskEvent {
  type: 'ocr.read';
  key: string;
}

/**
 * Texts of scans in the results bucket, by the digest of their file. An event says that a text is there, so that asking
 * for one that is not costs no failed read of the bucket (which would need the right to list it).
 */
export class StoredOcrTexts implements OcrTexts {
  private readonly records: Pick<RecordContext, 'store' | 'results' | 'now'>;

  constructor(records: Pick<RecordContext, 'store' | 'results' | 'now'>) {
    this.records = records;
  }

  async get(digest: string): Promise<OcrText | null> {
    const read = await readEvent<OcrRead>(this.records.store, ocrStream(digest), SEQ);
    return read
      ? (JSON.parse((await this.records.results.read(read.key)).toString('utf8')) as OcrText)
      : null;
  }

  /** The object first, the event after it. Put again (more pages of the same file), the object is replaced. */
  async put(text: OcrText): Promise<void> {
    const key = `texts/${safeKey(text.digest)}/${OCR_EDITION}.json`;
    await this.records.results.write(key, JSON.stringify(text), 'application/json; charset=utf-8');
    await append(this.records.store, {
      stream: ocrStream(text.digest),
      seq: SEQ,
      type: 'ocr.read',
      at: this.records.now().toISOString(),
      key,
    } as OcrRead);
  }
}

const SEQ = `1#read#${OCR_EDITION}`;
