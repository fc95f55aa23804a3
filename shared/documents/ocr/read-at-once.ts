import { closeOcrReader, ocrFileIsolated } from './ocr-file-isolated.ts';
import { memoryOcrTexts, type OcrTexts } from './ocr-text.ts';
import { readUnread } from './read-unread.ts';

/**
 * OCR texts for a caller that waits: every image is read before its packet is decided, and nothing is stored.
 * `close` ends the process that reads.
 */
export function ocrAtOnce(): OcrTexts & { close(): void } {
  const texts = memoryOcrTexts();
  return {
    ...texts,
    async readNow(packet, documents) {
      await readUnread(packet, documents, { texts, read: ocrFileIsolated });
    },
    close: closeOcrReader,
  };
}
