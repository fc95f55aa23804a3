import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { STEPS, type StepPromises } from '../../shared/records/open-work.ts';
import { deskRecords } from '../aws.ts';
import { numberSetting, setting } from '../environment.ts';
import { once } from '../once.ts';

export const dependencies = once(() => {
  const records = deskRecords(['intake', 'review', 'notify', 'summarise', 'scan']);
  return {
    ...records,
    stuckAfterMinutes: numberSetting('STUCK_AFTER_MINUTES'),
    promises: promises(),
    /** What lies in the inbox under a key, or null. */
    findObject: async (key: string): Promise<{ etag: string; size: number } | null> => {
      try {
        const head = await records.s3.send(new HeadObjectCommand({ Bucket: setting('INBOX'), Key: key }));
        return { etag: (head.ETag ?? '').replaceAll('"', ''), size: head.ContentLength ?? 0 };
      } catch (error) {
        if (error instanceof Error && ['NotFound', 'NoSuchKey'].includes(error.name)) return null;
        throw error;
      }
    },
  };
});

function promises(): StepPromises {
  const said = JSON.parse(setting('PROMISES')) as StepPromises;
  for (const step of STEPS)
    if (!(said[step] > 0)) throw new Error(`environment variable PROMISES says nothing of ${step}`);
  return said;
}
