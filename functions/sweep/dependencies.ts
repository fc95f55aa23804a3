import { GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { MALWARE_RESULTS, MALWARE_TAG } from '../../shared/records/events/malware-result.ts';
import type { StepDeadlines } from '../../shared/records/recovery/steps.ts';
import { objectVersions } from '../../shared/records/store/object-versions.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import { STEPS } from '../../shared/records/store/upload-steps.ts';
import { recordContext } from '../aws.ts';
import { numberSetting, setting } from '../environment.ts';
import { once } from '../memoize.ts';
import type { SendMail } from './send-mail.ts';

export const dependencies = once(() => {
  const records = recordContext(['intake', 'review', 'notify', 'summarise', 'ocr']);
  return {
    ...records,
    stuckAfterMinutes: numberSetting('STUCK_AFTER_MINUTES'),
    deadlines: deadlines(),
    /** null: the deployment sends no mail; loaded for the first one */
    sendMail: sendsMail()
      ? async (...mail: Parameters<SendMail>) => (await mailer()).sendMail(...mail)
      : null,
    pageUrl: process.env.PAGE_URL ?? '',
    /** Every version in the inbox under a key: listed and not read, because it may not be scanned yet. */
    findObjects: (key: string) => collect(objectVersions(records.s3, setting('INBOX'), key)),
    findMalwareResult: async ({ key, version_id }: { key: string; version_id?: string }) => {
      const object = { Bucket: setting('INBOX'), Key: key, VersionId: version_id };
      const { TagSet = [] } = await records.s3.send(new GetObjectTaggingCommand(object));
      const result = TagSet.find((tag) => tag.Key === MALWARE_TAG)?.Value;
      return MALWARE_RESULTS.find((one) => one === result) ?? null;
    },
  };
});

/** A deployment switches mail on (infra/deployment.ts); one machine keeps it in a folder. */
const sendsMail = (): boolean => Boolean(process.env.MAIL_FROM || process.env.UKETSUKE_MAIL_FOLDER);
const mailer = once(() => import('./send-mail.ts'));

const deadlineTable = z.record(z.enum(STEPS), z.number().positive());

/** Throws where the deadline of a step is missing: a fault of the deployment. */
function deadlines(): StepDeadlines {
  return deadlineTable.parse(JSON.parse(setting('STEP_DEADLINES')));
}
