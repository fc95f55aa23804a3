import type { Finding } from '../findings/finding.ts';
import { type ContainerTimes, containerTimes } from './containers/container-limits.ts';
import type { UploadLimits } from './upload-limits.ts';
import type { WithdrawnFile } from './withdrawn.ts';
import type { UnpackCount } from './zip/unpack-entry.ts';
import type { UnreadPart } from './zip/unread-parts.ts';
import type { NameDecoding } from './zip/zip-names.ts';

/** State shared while one upload is opened. */
export interface Opening {
  limits: UploadLimits;
  count: UnpackCount;
  /** time for its mails and archives */
  containers: ContainerTimes;
  /** files listed so far, nested ZIPs included */
  files: number;
  /** findings on the upload as a whole */
  findings: Finding[];
  /** archives whose names were not plainly UTF-8, each with one decoded name */
  decoded: DecodedArchive[];
  /** what archives hold beside their files */
  unread: (UnreadPart & { path: string })[];
  /** folders without any file in them */
  emptyFolders: string[];
  /** files removed from the upload, by position */
  withdrawn: Map<string, WithdrawnFile>;
  /** a name carries a 個人番号, also one of a folder or of a file that is left aside */
  hasNumberedName: boolean;
}

export interface DecodedArchive {
  path: string;
  used: NameDecoding;
  /** one name as it was decoded */
  example: string;
}

export const startOpening = (limits: UploadLimits, withdrawn: WithdrawnFile[]): Opening => ({
  limits,
  count: { total: 0 },
  containers: containerTimes(),
  files: 0,
  findings: [],
  decoded: [],
  unread: [],
  emptyFolders: [],
  withdrawn: new Map(withdrawn.map((file) => [positionKey(file.at), file])),
  hasNumberedName: false,
});

/** A position in the upload as one string: `3`, or `3/2` in a nested ZIP. */
export const positionKey = (position: number[]): string => position.join('/');
