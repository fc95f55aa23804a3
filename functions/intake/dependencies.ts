import { personKeyOf } from '../../shared/records/person-key.ts';
import { deskRecords } from '../aws.ts';
import { setting } from '../environment.ts';
import { once } from '../once.ts';
import { StoredScanTexts } from '../scan/stored-scan-texts.ts';

const make = async () => {
  const records = deskRecords(['review', 'notify', 'summarise', 'scan']);
  return {
    ...records,
    personKey: await personKeyOf(records.store),
    inbox: setting('INBOX'),
    scans: new StoredScanTexts(records),
    /** The domain (readers, rules, profiles) is loaded when the first upload is really there, not at a cold start. */
    domain: async () => ({
      ...(await import('../../shared/flow.ts')),
      ...(await import('../../shared/packet/find-packet.ts')),
    }),
  };
};
export type IntakeDependencies = Awaited<ReturnType<typeof make>>;

export const dependencies = once(make);
