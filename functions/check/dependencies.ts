import { personKeyOfReader } from '../../shared/records/store/person-key.ts';
import { isOneMachine, recordStore, scansNothing } from '../aws.ts';
import { once } from '../memoize.ts';

const make = () => {
  const store = recordStore();
  return {
    store,
    now: () => new Date(),
    /** read for each check: the first upload makes it */
    personKey: () => personKeyOfReader(store),
    /** the malware scanner of one machine reads the inbox alone, which a check never reaches */
    opensUnscanned: !isOneMachine() || scansNothing(),
    /** the domain (readers, rules, profiles): loaded for the first check, not at a cold start */
    domain: async () => ({
      ...(await import('../../shared/flow.ts')),
      ...(await import('../../shared/packet/open-upload.ts')),
    }),
  };
};
export type CheckDependencies = ReturnType<typeof make>;

export const dependencies = once(make);
