import { deskRecords } from '../aws.ts';
import { setting } from '../environment.ts';
import { once } from '../once.ts';
import { StoredScanTexts } from './stored-scan-texts.ts';

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
        import('../../shared/documents/scan/read-unread.ts'),
        import('../../shared/documents/scan/read-scan-apart.ts'),
      ]);
      return { findPacket, readDocuments, readUnread, readScanApart };
    },
  };
};
export type ScanDependencies = ReturnType<typeof make>;

export const dependencies = once(make);
