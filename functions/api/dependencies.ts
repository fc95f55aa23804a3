import type { S3Client } from '@aws-sdk/client-s3';
import { words } from '../../shared/vocabulary/labels.ts';
import { isOneMachine, recordContext, s3Client, sqsClient } from '../aws.ts';
import { numberSetting, setting } from '../environment.ts';
import { once } from '../memoize.ts';
import { Backlog } from './backlog.ts';
import type { Door } from './door.ts';

const make = () => ({
  ...recordContext(['intake', 'notify', 'summarise', 'replay']),
  claimHours: numberSetting('CLAIM_HOURS'),
  inbox: setting('INBOX'),
  /** signs the addresses offices upload to; on one machine that is the host's own HTTP server */
  uploads: {
    public: s3Client(process.env.UPLOAD_ENDPOINT),
    // an endpoint of S3 in the network of the city
    closed: s3Client(process.env.CLOSED_UPLOADS),
  } satisfies Record<Door, S3Client>,
  maxUploadBytes: numberSetting('MAX_UPLOAD_BYTES'),
  uploadAddressSeconds: numberSetting('UPLOAD_ADDRESS_SECONDS'),
  backlog: new Backlog(sqsClient(), setting('QUEUE_INTAKE')),
  maxWaitingUploads: numberSetting('MAX_WAITING_UPLOADS'),
  busyRetrySeconds: numberSetting('BUSY_RETRY_SECONDS'),
  /** reads files out of a stored upload: loaded for the first document that is opened, not at a cold start */
  documents: async () => ({
    ...(await import('../../shared/packet/stored-files.ts')),
    ...(await import('../../shared/documents/csv/csv-table.ts')),
    ...(await import('../../shared/documents/pdf/own-pages.ts')),
    ...(await import('../../shared/documents/ocr/image/tiff-to-pdf.ts')),
  }),
});
export type ApiDependencies = ReturnType<typeof make>;

export const dependencies = once(make);

/** How users of a door sign in, and the labels of the keys the page shows: needed before a user is known. */
export const session = (door: Door) => ({
  /** address of the sign-in, and the client of the page there */
  domain: setting(door === 'closed' ? 'CLOSED_ISSUER' : 'AUTH_DOMAIN'),
  client: setting(door === 'closed' ? 'CLOSED_CLIENT' : 'AUTH_CLIENT'),
  /** the sign-in describes itself (OpenID discovery); otherwise it has the addresses of Cognito */
  describes_itself: door === 'closed',
  /** people sign in with a link that the desk printed */
  one_machine: isOneMachine(),
  words: words(),
});
