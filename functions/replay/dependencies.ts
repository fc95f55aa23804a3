import { personKeyOfReader } from '../../shared/records/store/person-key.ts';
import { recordContext } from '../aws.ts';
import { setting } from '../environment.ts';
import { once } from '../memoize.ts';
import { StoredOcrTexts } from '../ocr/stored-ocr-texts.ts';

/** Work on one message ends before the function times out (900 s), and at most one more packet. */
const TIME_BUDGET_MS = 6 * 60_000;

const make = async () => {
  const records = recordContext(['replay']);
  return {
    ...records,
    personKey: await personKeyOfReader(records.store),
    inbox: setting('INBOX'),
    scans: new StoredOcrTexts(records),
    timeBudgetMs: TIME_BUDGET_MS,
    /** the domain (readers, rules, profiles): loaded for the first replay, not at a cold start */
    domain: async () => ({
      ...(await import('../../shared/flow.ts')),
      ...(await import('../../shared/packet/open-upload.ts')),
      ...(await import('../../shared/split/split-upload.ts')),
      ...(await import('../../shared/decision/edited-profile.ts')),
    }),
  };
};
export type ReplayDependencies = Awaited<ReturnType<typeof make>>;

export const dependencies = once(make);
