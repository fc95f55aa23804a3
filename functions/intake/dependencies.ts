import { personKeyOf } from '../../shared/records/store/person-key.ts';
import { recordContext, sqsClient } from '../aws.ts';
import { setting } from '../environment.ts';
import { once } from '../memoize.ts';
import { StoredOcrTexts } from '../ocr/stored-ocr-texts.ts';
import { Turns } from './turns.ts';

const make = async () => {
  const records = recordContext(['intake', 'review', 'notify', 'summarise', 'ocr']);
  const turns = new Turns(sqsClient(), setting('QUEUE_INTAKE'));
  return {
    ...records,
    personKey: await personKeyOf(records.store),
    inbox: setting('INBOX'),
    scans: new StoredOcrTexts(records),
    isTurnOver: (opening: number, answering: number) => turns.isOver(opening, answering),
    /** the domain (readers, rules, profiles): loaded for the first upload, not at a cold start */
    domain: async () => ({
      ...(await import('../../shared/flow.ts')),
      ...(await import('../../shared/split/find-packet.ts')),
      ...(await import('../../shared/packet/open-upload.ts')),
      ...(await import('../../shared/decision/upload-verdict.ts')),
      ...(await import('../../shared/decision/with-rivals.ts')),
      ...(await import('../../shared/decision/reviewed.ts')),
    }),
    /** removes files from an upload: seldom needed, loaded on demand */
    redaction: async () => ({
      ...(await import('../../shared/packet/zip/byte-source.ts')),
      ...(await import('../../shared/packet/zip/redact-zip.ts')),
      ...(await import('../../shared/packet/upload-limits.ts')),
    }),
  };
};
export type IntakeDependencies = Awaited<ReturnType<typeof make>>;

export const dependencies = once(make);
