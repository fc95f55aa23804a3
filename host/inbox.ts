import { recordContext } from '../functions/aws.ts';
import { inboxMessage } from '../functions/intake/inbox-message.ts';
import type { StageQueue } from '../functions/operate/stage-queue.ts';
import { readFinished, readMalwareResult, uploadOf } from '../shared/records/events/read-upload.ts';
import type { InboxObject } from '../shared/records/events/upload-id.ts';
import type { LocalCloud } from './cloud.ts';
import { MalwareScanner } from './emulators/malware-scanner.ts';
import { Notifier } from './emulators/notifier.ts';
import { EventBus } from './event-bus.ts';
import { resourcesOf, type Template, targetOf } from './template.ts';
import { messagesIn } from './unfinished-work.ts';

/** Objects whose notification of an earlier run is still on a queue: they are not announced again. */
export function announcedIn({ fauxqs }: LocalCloud, queues: StageQueue[]): Set<string> {
  const intake = queues.find(({ stage }) => stage === 'intake')!;
  const messages = messagesIn(fauxqs, intake.name).map(({ body }) => inboxMessage.safeParse(parseJson(body)));
  return new Set(
    messages.flatMap(({ data }) => (data?.kind === 'objects' ? data.objects.map(announcedKey) : [])),
  );
}

const announcedKey = ({ key, version_id }: Pick<InboxObject, 'key' | 'version_id'>): string =>
  `${key}\n${version_id}`;

/** Null: a damaged message, which fails where it is received. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * The notifier of the inbox bucket, which passes new objects on to the malware scanner as well.
 * @param announced see announcedIn
 */
export function makeNotifier(
  template: Template,
  cloud: LocalCloud,
  scanner: MalwareScanner | null,
  announced: ReadonlySet<string>,
): Notifier {
  const [bucketId, bucket] = resourcesOf(template, 'AWS::S3::Bucket').find(
    ([, { Properties }]) => Properties.NotificationConfiguration?.QueueConfigurations,
  )!;
  const [configuration] = bucket.Properties.NotificationConfiguration.QueueConfigurations;
  const rules = configuration.Filter?.S3Key?.Rules as { Name: string; Value: string }[] | undefined;
  return new Notifier({
    s3: cloud.s3,
    sqs: cloud.sqs,
    notification: {
      bucket: cloud.names.get(bucketId)!.ref,
      prefix: rules?.find((rule) => rule.Name === 'prefix')?.Value ?? '',
      queueUrl: cloud.names.get(targetOf(configuration.Queue))!.ref,
    },
    isReceived: async (object) => announced.has(announcedKey(object)) || (await isReceived(object)),
    onObject: (object) => scanner?.add(object),
  });
}

/** Null: the stack has no malware scan. `command`: see MalwareScannerOptions. */
export function makeMalwareScanner(
  template: Template,
  cloud: LocalCloud,
  command: string | null,
): MalwareScanner | null {
  const [plan] = resourcesOf(template, 'AWS::GuardDuty::MalwareProtectionPlan');
  if (!plan) return null;
  const bus = new EventBus(template, cloud);
  return new MalwareScanner({
    inbox: cloud.resolve(plan[1].Properties.ProtectedResource.S3Bucket.BucketName),
    command,
    publish: (event) => bus.put(event),
    isResultRecorded,
  });
}

/** A received object needs no notification: it is finished, or its message or its unsent event still exists. */
const isReceived = async (object: InboxObject): Promise<boolean> =>
  (await uploadOf(recordContext([]), object)) !== null;

/** True also for an upload that was finished before malware scans were introduced. */
async function isResultRecorded(object: InboxObject): Promise<boolean> {
  const records = recordContext([]);
  const upload = await uploadOf(records, object);
  if (!upload) return false;
  const result =
    (await readMalwareResult(records, upload.upload_id)) ?? (await readFinished(records, upload.upload_id));
  return result !== null;
}
