import { GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import { MALWARE_RESULTS, MALWARE_TAG } from '../../shared/records/events/malware-result.ts';
import { STEPS, type StepDeadlines } from '../../shared/records/recovery/steps.ts';
import { objectVersions } from '../../shared/records/store/object-versions.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import { recordContext } from '../aws.ts';
import { numberSetting, setting } from '../environment.ts';
import { once } from '../memoize.ts';

export const dependencies = once(() => {
  const records = recordContext(['intake', 'review', 'notify', 'summarise', 'ocr']);
  return {
    ...records,
    stuckAfterMinutes: numberSetting('STUCK_AFTER_MINUTES'),
    promises: promises(),
    /** Every version that lies in the inbox under a key: listed and not read, for it may not have been scanned yet. */
    findObjects: (key: string) => collect(objectVersions(records.s3, setting('INBOX'), key)),
    findMalwareResult: async ({ key, version_id }: { key: string; version_id?: string }) => {
      const at = { Bucket: setting('INBOX'), Key: key, VersionId: version_id };
      const { TagSet = [] } = await records.s3.send(new GetObjectTaggingCommand(at));
      const said = TagSet.find((tag) => tag.Key === MALWARE_TAG)?.Value;
      return MALWARE_RESULTS.find((result) => result === said) ?? null;
    },
  };
});

function promises(): StepDeadlines {
  const said = JSON.parse(setting('STEP_DEADLINES')) as StepDeadlines;
  for (const step of STEPS)
    if (!(said[step] > 0)) throw new Error(`environment variable STEP_DEADLINES says nothing of ${step}`);
  return said;
}
