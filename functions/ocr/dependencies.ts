import { deskRecords } from '../aws.ts';
import { setting } from '../environment.ts';
import { once } from '../memoize.ts';
import { StoredScanTexts } from './stored-ocr-texts.ts';

const make = () => {
  const records = deskRecords(['intake', 'scan']);
  return {
    ...records,
    inbox: setting('INBOX'),
    scans: new StoredScanTexts(records),
    /** the readers are loaded when the first scan is really there */
    reading: async () => {
      const [{ findPacket }, { readDocuments }, { readUnread }, { readScanApart }] = await Promise.all([
        import('../../shared/packet/find-packet.ts'),
        import('../../shared/documents/read-documents.ts'),
        import('../../shared/documents/ocr/read-unread.ts'),
        import('../../shared/documents/ocr/read-picture-isolated.ts'),
      ]);
      return { findPacket, readDocuments, readUnread, readScanApart };
    },
  };
};
export type ScanDependencies = ReturnType<typeof make>;

export const dependencies = once(make);
