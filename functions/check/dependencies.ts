import { personKeyOfReader } from '../../shared/records/store/person-key.ts';
import { ResultStore } from '../../shared/records/store/result-store.ts';
import { isOneMachine, recordStore, s3Client, scansNothing } from '../aws.ts';
import { setting } from '../environment.ts';
import { once } from '../memoize.ts';
import { StoredOcrTexts } from '../ocr/stored-ocr-texts.ts';

const make = () => {
  const store = recordStore();
  const s3 = s3Client();
  const results = new ResultStore(s3, setting('RESULTS'));
  const now = () => new Date();
  return {
    ...{ store, now, s3, results },
    inbox: setting('INBOX'),
    /** what was read on pictures of papers that are here already */
    scans: new StoredOcrTexts({ store, results, now }),
    /** read for each check: the first upload makes it */
    personKey: () => personKeyOfReader(store),
    /** the malware scanner of one machine reads the inbox alone, which a check never reaches */
    opensUnscanned: !isOneMachine() || scansNothing(),
    /** the domain (readers, rules, profiles): loaded for the first check, not at a cold start */
    domain: async () => ({
      ...(await import('../../shared/flow.ts')),
      ...(await import('../../shared/packet/open-upload.ts')),
      ...(await import('./cover-form.ts')),
    }),
  };
};
export type CheckDependencies = ReturnType<typeof make>;

export const dependencies = once(make);
