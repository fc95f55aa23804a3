import { type Sender, senderKey } from '../../access/sender.ts';
import { type PacketPosition, positionKey } from '../../packet/position.ts';
import { sha256 } from '../../text/digest.ts';
import { REVIEW_EVENT_TYPES, type ReviewEventType } from './review-event-types.ts';

/** Where one event is stored, and of which type it is. */
export interface EventKey<T extends string = string> {
  stream: string;
  /** sort key; the order of the stream */
  seq: string;
  type: T;
}

/** Events of one stream, of these types, whose sort keys begin alike or follow a certain one. */
export interface EventRange<T extends string = string> {
  stream: string;
  begins?: string;
  after?: string;
  types: readonly T[];
}

/** A person's month in a city. `person` is a keyed digest (store/person-key.ts). */
export interface CaseId {
  city: string;
  person: string;
  month: string;
}

export const uploadStream = (uploadId: string): string => `${UPLOAD}${uploadId}`;
const UPLOAD = 'upload#';
export const uploadIdOf = (stream: string): string => stream.slice(UPLOAD.length);

/** upload#<receipt number>: from the announcement to the receipt. */
export const uploadKeys = {
  announced: (uploadId: string) => key(uploadStream(uploadId), '0#announced', 'upload.announced'),
  received: (uploadId: string) => key(uploadStream(uploadId), '1#received', 'upload.received'),
  malware: (uploadId: string) => key(uploadStream(uploadId), '1#malware', 'malware.scanned'),
  opened: (uploadId: string) => key(uploadStream(uploadId), '1#opened', 'upload.opened'),
  /** one per file taken out; `path`: the numbers of its entries, see shared/packet/withdrawn.ts */
  redacted: (uploadId: string, path: number[]) =>
    key(uploadStream(uploadId), REDACTED + path.map((n) => pad(n, 6)).join('.'), 'upload.redacted'),
  everyRedacted: (uploadId: string) => range(uploadStream(uploadId), REDACTED, 'upload.redacted'),
  answered: (uploadId: string, position: PacketPosition) =>
    key(uploadStream(uploadId), ANSWERED + positionKey(position), 'packet.answered'),
  everyAnswered: (uploadId: string) => range(uploadStream(uploadId), ANSWERED, 'packet.answered'),
  ledgerOpen: (uploadId: string) => key(uploadStream(uploadId), '3#ledger_open', 'ledger.open'),
  finished: (uploadId: string) => key(uploadStream(uploadId), '3#finished', 'upload.finished'),
  receipt: (uploadId: string) => key(uploadStream(uploadId), '4#receipt', 'receipt.written'),
};
const REDACTED = '1#redacted#';
const ANSWERED = '2#';

export const packetStream = (packetId: string): string => `packet#${packetId}`;

/** packet#<packet id>: decision, review item and notice, each with a further one for a second run (`#0002`); the acts of reviewers. */
export const packetKeys = {
  decided: (packetId: string, run: number) =>
    key(packetStream(packetId), DECIDED + runSuffix(run), 'packet.decided'),
  everyDecided: (packetId: string) => range(packetStream(packetId), DECIDED, 'packet.decided'),
  review: (packetId: string, run: number) =>
    key(packetStream(packetId), `2#review${runSuffix(run)}`, 'review.opened'),
  notice: (packetId: string, run: number) =>
    key(packetStream(packetId), `3#notice${runSuffix(run)}`, 'notice.written'),
  /** reading its pictures changed nothing: there is no second run */
  ocrRead: (packetId: string) => key(packetStream(packetId), '4#ocr_read', 'packet.ocr_read'),
  /** another upload brought the packet again, at this position */
  shown: (packetId: string, uploadId: string, position: PacketPosition) =>
    key(packetStream(packetId), `${SHOWN}${uploadId}#${positionKey(position)}`, 'packet.shown'),
  everyShown: (packetId: string) => range(packetStream(packetId), SHOWN, 'packet.shown'),
  /** the files that completed it showed that it is of another case */
  moved: (packetId: string) => key(packetStream(packetId), '7#moved', 'packet.moved'),
  /** it uses the OCR text of the file with this sha256 */
  usesText: (packetId: string, digest: string) =>
    key(packetStream(packetId), `${TEXT}${digest}`, 'packet.uses_text'),
  everyText: (packetId: string) => range(packetStream(packetId), TEXT, 'packet.uses_text'),
  /** what a reviewer did, from 1; the number is the conditional write */
  act: <const T extends ReviewEventType>(packetId: string, act: number, type: T) =>
    key(packetStream(packetId), ACT + pad(act, 4), type),
  everyAct: (packetId: string) => range(packetStream(packetId), ACT, ...REVIEW_EVENT_TYPES),
};
const DECIDED = '1#decided';
const SHOWN = '5#shown#';
const TEXT = '6#text#';
const ACT = '8#act#';
const runSuffix = (run: number): string => (run > 1 ? `#${pad(run, 4)}` : '');

export type PersonId = Omit<CaseId, 'month'>;

/**
 * case#<city>#<person>: every month of a person, so that a decision reads the months around its own at once. In a month one
 * chain per event and owner; in it one version per packet, and per run of it.
 */
const caseStream = ({ city, person }: PersonId): string => `case#${city}#${person}`;

export const caseKeys = {
  /** a further run follows right behind its version and before the next one */
  version: (id: CaseId, { event, owner }: Chain, version: number, run: number) =>
    key(
      caseStream(id),
      `${id.month}#${event}#${owner}#${pad(version, 4)}${run > 1 ? `.${pad(run, 4)}` : ''}`,
      'case.version',
    ),
  /** right behind the version it is about and its further runs */
  withdrawn: (id: CaseId, { event, owner }: Chain, version: number) =>
    key(caseStream(id), `${id.month}#${event}#${owner}#${pad(version, 4)}.withdrawn`, 'case.withdrawn'),
  /** right behind the run it is about */
  left: (id: CaseId, { event, owner }: Chain, version: number, run: number) =>
    key(caseStream(id), `${id.month}#${event}#${owner}#${pad(version, 4)}.${pad(run, 4)}.left`, 'case.left'),
  everyVersion: (id: CaseId) => range(caseStream(id), `${id.month}#`, ...VERSIONS),
  versionsOf: (id: CaseId, { event, owner }: Chain) =>
    range(caseStream(id), `${id.month}#${event}#${owner}#`, ...VERSIONS),
  /** of a month (YYYY-MM) and every later one */
  everyVersionFrom: (id: PersonId, month: string) => ({
    ...range(caseStream(id), undefined, ...VERSIONS),
    after: month,
  }),
  /** one chain: month, event and owner of a version */
  chainOf: ({ seq }: Pick<EventKey, 'seq'>): string => seq.slice(0, seq.lastIndexOf('#')),
  monthOf: ({ seq }: Pick<EventKey, 'seq'>): string => seq.split('#', 1)[0]!,
};

const VERSIONS = ['case.version', 'case.withdrawn', 'case.left'] as const;

/** One owner's versions of an event: no other owner replaces any of them. */
interface Chain {
  event: string;
  owner: string;
}

const answerStream = ({ city, person }: PersonId): string => `answer#${city}#${person}`;

/** answer#<city>#<person>: what reviewers entered that holds beyond its packet; `month` first, as for an erasure. */
export const answerKeys = {
  remembered: (id: CaseId, packetId: string, act: number) =>
    key(answerStream(id), `${id.month}#${packetId}#${pad(act, 4)}`, 'answer.remembered'),
  every: (id: PersonId) => range(answerStream(id), undefined, 'answer.remembered'),
  everyInMonth: (id: CaseId) => range(answerStream(id), `${id.month}#`, 'answer.remembered'),
};

const watchStream = ({ city, person }: Pick<CaseId, 'city' | 'person'>): string => `watch#${city}#${person}`;

/** watch#<city>#<person>: what the person's packets open and close, and what the sweep raised. */
export const watchKeys = {
  /** in the order of versions and runs; `month` first, so that an erasure finds those of a case */
  recorded: (id: CaseId, chain: string, version: number, run: number) =>
    key(
      watchStream(id),
      `${RECORDED}${id.month}#${chain}#${pad(version, 4)}.${pad(run, 4)}`,
      'watch.recorded',
    ),
  recordedOf: (id: CaseId, chain: string) =>
    range(watchStream(id), `${RECORDED}${id.month}#${chain}#`, 'watch.recorded'),
  recordedInMonth: (id: CaseId) => range(watchStream(id), `${RECORDED}${id.month}#`, 'watch.recorded'),
  dated: (id: Pick<CaseId, 'city' | 'person'>, watchId: string, start: string) =>
    key(watchStream(id), `2#dated#${watchId}#${start}`, 'watch.dated'),
  raised: (id: Pick<CaseId, 'city' | 'person'>, watchId: string) =>
    key(watchStream(id), `3#raised#${watchId}`, 'watch.raised'),
  every: (id: Pick<CaseId, 'city' | 'person'>) =>
    range(watchStream(id), undefined, 'watch.recorded', 'watch.dated', 'watch.raised'),
};
const RECORDED = '1#recorded#';

const ocrStream = (digest: string): string => `ocr#${digest}`;

/** ocr#<sha256 of a file>: its text is stored, and which packets use it. */
export const ocrKeys = {
  read: (digest: string, edition: string | number) => key(ocrStream(digest), `1#read#${edition}`, 'ocr.read'),
  used: (digest: string, packetId: string) => key(ocrStream(digest), `2#used#${packetId}`, 'ocr.used'),
  /** what a reviewer saw there, in the order of time */
  confirmed: (digest: string, at: string, packetId: string, n: number) =>
    key(ocrStream(digest), `${CONFIRMED}${at}#${packetId}#${pad(n, 4)}`, 'reading.confirmed'),
  everyConfirmed: (digest: string) => range(ocrStream(digest), CONFIRMED, 'reading.confirmed'),
  every: (digest: string) => range(ocrStream(digest), undefined, 'ocr.read', 'ocr.used', 'reading.confirmed'),
};

const CONFIRMED = '3#confirmed#';

/** object#<sha256 of a key>: a key may carry the name of a file, so it stays out of the log. */
const objectStream = (objectKey: string): string => `object#${sha256(objectKey)}`;

export const objectKeys = {
  copying: (objectKey: string, digest: string) =>
    key(objectStream(objectKey), `copying#${digest}`, 'object.copying'),
  copied: (objectKey: string, versionId: string) =>
    key(objectStream(objectKey), VERSION + versionId, 'object.copied'),
  replaced: (objectKey: string, versionId: string) =>
    key(objectStream(objectKey), VERSION + versionId, 'object.replaced'),
  everyVersion: (objectKey: string) =>
    range(objectStream(objectKey), VERSION, 'object.copied', 'object.replaced'),
  every: (objectKey: string) =>
    range(objectStream(objectKey), undefined, 'object.copying', 'object.copied', 'object.replaced'),
};
const VERSION = 'version#';

const RETENTION = 'retention#';
export const retentionStream = ({ city, person, month }: CaseId): string =>
  `${RETENTION}${city}#${person}#${month}`;
const RETENTION_TYPES = [
  'retention.completed',
  'retention.held',
  'retention.released',
  'retention.erasing',
] as const;

/** retention#<city>#<person>#<month>: what an operator entered about how long the case is kept. */
export const retentionKeys = {
  every: (id: CaseId) => range(retentionStream(id), undefined, ...RETENTION_TYPES),
  /** The case a retention stream is about, or null for another stream. */
  caseOf: (stream: string): CaseId | null => {
    if (!stream.startsWith(RETENTION)) return null;
    const [, city = '', person = '', month = ''] = stream.split('#');
    return { city, person, month };
  },
};

/** erased#<city>: what is left of a case after its time, numbers without a person. */
export const erasedKey = (city: string, erasure: string) => key(`erased#${city}`, erasure, 'case.erased');

/** digest#<sha256>#<sender>: the upload of this sender that brought these bytes first. */
export const digestKey = (digest: string, sender: Sender) =>
  key(`digest#${digest}#${senderKey(sender)}`, '1#first', 'digest.first');

/** message#<message id>: why it failed the last time. */
export const failureKey = (messageId: string) => key(`message#${messageId}`, 'failed', 'message.failed');

export const registryStream = (city: string): string => `registry#${city}`;
export const registryKey = (city: string, at: string, edition: string) =>
  key(registryStream(city), `${at}#${edition}`, 'registry.imported');
/** every import of a city's registry, in the order of time */
export const registryImports = (city: string) => range(registryStream(city), undefined, 'registry.imported');
export const editionOfImport = ({ seq }: Pick<EventKey, 'seq'>): string => seq.split('#')[1] ?? '';

const waiverStream = (city: string): string => `waiver#${city}`;

/** waiver#<city>: what the city waives of its own rules, and what it ended before its time. */
export const waiverKeys = {
  granted: (city: string, id: string) => key(waiverStream(city), `${id}#1granted`, 'waiver.granted'),
  ended: (city: string, id: string) => key(waiverStream(city), `${id}#2ended`, 'waiver.ended'),
  every: (city: string) => range(waiverStream(city), undefined, 'waiver.granted', 'waiver.ended'),
};

/** sample#<city>#<area>: the samples that were drawn of an area's cases, in their order. */
const sampleStream = ({ city, area }: { city: string; area: string }): string => `sample#${city}#${area}`;
export const sampleKeys = {
  drawn: (of: { city: string; area: string }, at: string, sampleId: string) =>
    key(sampleStream(of), `${at}#${sampleId}`, 'sample.drawn'),
  every: (of: { city: string; area: string }) => range(sampleStream(of), undefined, 'sample.drawn'),
};

const pad = (n: number, width: number): string => String(n).padStart(width, '0');

const key = <const T extends string>(stream: string, seq: string, type: T): EventKey<T> => ({
  stream,
  seq,
  type,
});

const range = <const T extends string>(
  stream: string,
  begins: string | undefined,
  ...types: T[]
): EventRange<T> => ({ stream, begins, types });
