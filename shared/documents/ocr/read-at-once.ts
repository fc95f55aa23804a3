import { memoryScanTexts, type ScanTexts } from './ocr-text.ts';
import { closeScanReader, readScanApart } from './read-picture-isolated.ts';
import { readUnread } from './read-unread.ts';

/**
 * Texts of scans for a caller that waits: every picture is read before its packet is decided, and nothing is stored.
 * `close` ends the process that reads.
 */
export function scansReadAtOnce(): ScanTexts & { close(): void } {
  const texts = memoryScanTexts();
  return {
    ...texts,
    async readNow(packet, documents) {
      await readUnread(packet, documents, { texts, read: readScanApart });
    },
    close: closeScanReader,
  };
}
