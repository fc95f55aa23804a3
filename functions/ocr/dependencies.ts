import { recordContext } from '../aws.ts';
import { setting } from '../environment.ts';
import { once } from '../memoize.ts';
import { StoredOcrTexts } from './stored-ocr-texts.ts';

const make = () => {
  const records = recordContext(['intake', 'ocr']);
  return {
    ...records,
    inbox: setting('INBOX'),
    scans: new StoredOcrTexts(records),
    /** the readers: loaded for the first picture, not at a cold start */
    reading: async () => {
      const [{ withPacket }, { readDocuments }, { readUnread }, { ocrFileIsolated }] = await Promise.all([
        import('../../shared/split/find-packet.ts'),
        import('../../shared/documents/read-documents.ts'),
        import('../../shared/documents/ocr/read-unread.ts'),
        import('../../shared/documents/ocr/ocr-file-isolated.ts'),
      ]);
      return { withPacket, readDocuments, readUnread, ocrFileIsolated };
    },
  };
};
export type OcrDependencies = ReturnType<typeof make>;

export const dependencies = once(make);
