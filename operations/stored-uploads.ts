import { recordContext } from '../functions/aws.ts';
import { setting } from '../functions/environment.ts';
import type { Inbox } from '../functions/fetch-upload.ts';
import { StoredOcrTexts } from '../functions/ocr/stored-ocr-texts.ts';
import { withSource } from '../functions/stored-source.ts';
import { mayUseRecordsOf } from '../shared/access/rights.ts';
import { japanDate } from '../shared/calendar/japan-time.ts';
import type { DecisionContext } from '../shared/decision/decision-context.ts';
import type { UploadSource } from '../shared/packet/upload-source.ts';
import { CLEAN } from '../shared/records/events/malware-result.ts';
import { recordedMonths } from '../shared/records/events/read-months.ts';
import { readMalwareResult, uploadOf } from '../shared/records/events/read-upload.ts';
import { readWaivers } from '../shared/records/events/read-waivers.ts';
import type { UploadReceived } from '../shared/records/events/upload-events.ts';
import { objectVersions } from '../shared/records/store/object-versions.ts';
import { type PersonKey, personKeyOf } from '../shared/records/store/person-key.ts';
import type { RecordContext } from '../shared/records/store/record-context.ts';
import { loadRegistries } from '../shared/records/store/registry-store.ts';

/** A stored upload, with the decision context of the day it was received. */
export interface StoredUpload {
  source: UploadSource;
  context: Omit<DecisionContext, 'profiles'>;
}

/**
 * Visits every upload of the desk that the environment names, with the desk's registries, earlier cases and OCR texts.
 * Changes nothing.
 */
export async function eachStoredUpload(visit: (upload: StoredUpload) => Promise<void>): Promise<void> {
  const records = recordContext([]);
  const inbox: Inbox = { s3: records.s3, inbox: setting('INBOX') };
  const personKey = await personKeyOf(records.store);
  const context = {
    registries: await loadRegistries(records.store),
    waiversOf: (city: string) => readWaivers(records.store, city),
    ocrTexts: new StoredOcrTexts(records),
  };
  for await (const object of objectVersions(inbox.s3, inbox.inbox, 'uploads/')) {
    const upload = await uploadOf(records, object);
    if (!upload || !(await wasOpened(records, upload))) continue;
    // The day of the first decision: a later day would move deadlines that no rule has moved.
    const received = japanDate(upload.at);
    const stored = { ...upload, key: object.key, version_id: object.version_id };
    await withSource({ ...inbox, store: records.store }, stored, (source) =>
      visit({
        source: { ...source, name: `${upload.upload_id} ${upload.name}` },
        context: { ...context, ...historyFor(records, personKey, upload), today: received, received },
      }),
    );
  }
}

/** Who sent it, and the months around as far as the decision may know them. */
const historyFor = (
  { store }: RecordContext,
  personKey: PersonKey,
  { sender }: UploadReceived,
): Pick<DecisionContext, 'sender' | 'historyOf'> => ({
  sender,
  historyOf: ({ city, insurer_number, insured_number }, months, papers) => {
    const person = personKey(insurer_number, insured_number);
    const mayUse = (owner: string) => mayUseRecordsOf(sender, papers, owner);
    return recordedMonths(store, { city, person }, months, mayUse);
  },
});

/** False: the malware scan has not passed the upload, or not yet. */
async function wasOpened(records: RecordContext, upload: UploadReceived): Promise<boolean> {
  const scan = await readMalwareResult(records, upload.upload_id);
  return scan ? scan.result === CLEAN : !upload.awaits_malware_scan;
}
