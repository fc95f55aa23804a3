import { constants, existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordContext } from '../functions/aws.ts';
import { setting } from '../functions/environment.ts';
import { withUpload } from '../functions/fetch-upload.ts';
import { StoredOcrTexts } from '../functions/ocr/stored-ocr-texts.ts';
import { startCloud } from '../host/cloud.ts';
import { setEnvironment } from '../host/host.ts';
import { readTemplate } from '../host/template.ts';
import { japanDate } from '../shared/calendar/japan-time.ts';
import type { DecisionContext } from '../shared/decision/decision-context.ts';
import type { UploadSource } from '../shared/packet/upload-source.ts';
import { CLEAN } from '../shared/records/events/malware-result.ts';
import { latestCategory } from '../shared/records/events/read-case.ts';
import { readMalwareResult, readRedaction, uploadOf } from '../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../shared/records/events/upload-events.ts';
import { objectVersions } from '../shared/records/store/object-versions.ts';
import { personKeyOf } from '../shared/records/store/person-key.ts';
import type { RecordContext } from '../shared/records/store/record-context.ts';
import { loadRegistries } from '../shared/records/store/registry-store.ts';
import { InputError } from './expand-inputs.ts';

/** An upload a desk keeps, with what that desk knew when it came. */
export interface StoredUpload {
  source: UploadSource;
  desk: Omit<DecisionContext, 'profiles'>;
}

/**
 * Lends every upload that a desk of this machine keeps in `folder` to `work`, one after the other, with the desk's
 * registries, earlier cases and texts of scans. Works on a copy: the folder is only read, whether a desk runs on it or not.
 * Throws InputError when no desk has kept anything there.
 */
export async function eachStoredUpload(
  folder: string,
  work: (upload: StoredUpload) => Promise<void>,
): Promise<void> {
  if (!existsSync(join(folder, 'objects')) || !existsSync(join(folder, 'tables')))
    throw new InputError(`「${folder}」に受付の記録がありません。--data で記録の場所を指定してください。`);
  const copy = await mkdtemp(join(tmpdir(), 'uketsuke-replay-'));
  try {
    // The template it was last started with saves describing the system once more.
    const templates = (await readdir(folder)).filter((name) => name.startsWith('template-'));
    for (const part of ['tables', 'objects', ...templates])
      await cp(join(folder, part), join(copy, part), { recursive: true, mode: constants.COPYFILE_FICLONE });
    await openCopy(copy, work);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function openCopy(copy: string, work: (upload: StoredUpload) => Promise<void>): Promise<void> {
  const template = await readTemplate(copy);
  const cloud = await startCloud(template, copy);
  try {
    setEnvironment(template, cloud);
    await eachKeptUpload(work);
  } finally {
    await cloud.stop();
  }
}

/** The same of the desk that the environment names: nothing in it is changed. */
export async function eachKeptUpload(work: (upload: StoredUpload) => Promise<void>): Promise<void> {
  const records = recordContext([]);
  const from = { s3: records.s3, inbox: setting('INBOX') };
  const registries = await loadRegistries(records.store);
  const personKey = await personKeyOf(records.store);
  const scans = new StoredOcrTexts(records);
  for await (const object of objectVersions(from.s3, from.inbox, 'uploads/')) {
    const upload = await uploadOf(records, object);
    // What the malware scan did not let through, or has not yet, nobody opened.
    if (!upload || !(await isOpen(records, upload))) continue;
    const received = japanDate(upload.at);
    const redaction = await readRedaction(records, upload.upload_id);
    await withUpload(from, object, (file) =>
      work({
        source: { name: `${upload.upload_id} ${upload.name}`, file, redaction },
        desk: {
          registries,
          // As it was judged then: a later day would move deadlines that no rule has moved.
          today: received,
          received,
          ocrTexts: scans,
          previousCase: async ({ city, insurer_number, insured_number }, month) => {
            const person = personKey(insurer_number, insured_number);
            const category = await latestCategory(records.store, { city, person, month });
            return category ? { category } : null;
          },
        },
      }),
    );
  }
}

async function isOpen(records: RecordContext, upload: UploadReceived): Promise<boolean> {
  const scanned = await readMalwareResult(records, upload.upload_id);
  return scanned ? scanned.result === CLEAN : !upload.awaits_malware_scan;
}
