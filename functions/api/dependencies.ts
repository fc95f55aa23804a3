import { words } from '../../shared/vocabulary/labels.ts';
import { isOneMachine, recordContext, s3Client, sqsClient } from '../aws.ts';
import { numberSetting, setting } from '../environment.ts';
import { once } from '../memoize.ts';
import { Backlog } from './backlog.ts';

const make = () => ({
  ...recordContext(['intake', 'notify', 'summarise']),
  claimHours: numberSetting('CLAIM_HOURS'),
  inbox: setting('INBOX'),
  /** signs the addresses offices upload to; on one machine that is the host's own HTTP server */
  uploads: s3Client(process.env.UPLOAD_ENDPOINT),
  maxUploadBytes: numberSetting('MAX_UPLOAD_BYTES'),
  uploadAddressSeconds: numberSetting('UPLOAD_ADDRESS_SECONDS'),
  backlog: new Backlog(sqsClient(), setting('QUEUE_INTAKE')),
  maxWaitingUploads: numberSetting('MAX_WAITING_UPLOADS'),
  busyRetrySeconds: numberSetting('BUSY_RETRY_SECONDS'),
  /** reads files out of a stored upload: loaded for the first document that is opened, not at a cold start */
  documents: async () => ({
    ...(await import('../../shared/packet/stored-files.ts')),
    ...(await import('../../shared/documents/csv/csv-table.ts')),
    ...(await import('../../shared/documents/ocr/image/tiff-to-pdf.ts')),
  }),
});
export type ApiDependencies = ReturnType<typeof make>;

export const dependencies = once(make);

/** How users sign in, and the labels of the keys the page shows: needed before a user is known. */
export const session = () => ({
  /** address of the sign-in, and the client of the page there */
  domain: setting('AUTH_DOMAIN'),
  client: setting('AUTH_CLIENT'),
  /** people sign in with a link that the desk printed */
  one_machine: isOneMachine(),
  words: words(),
});
