import type { PacketVerdict } from '../../decision/verdict.ts';
import type { Registry } from '../../registry/registry.ts';
import type { CaseErased, CaseVersion } from '../events/case-events.ts';
import { type RecordEvent, unknownEvent } from '../events/event.ts';
import { type CaseId, packetKeys } from '../events/event-keys.ts';
import { readEventAt } from '../events/event-log.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { versionsOf } from '../events/read-case.ts';
import { type PacketStream, readDecision, readPacketStream, readRuns } from '../events/read-packet.ts';
import { isBeingErased, openErasures, readRetention } from '../events/read-retention.ts';
import { readUpload, type UploadEvents } from '../events/read-upload.ts';
import type { UploadAnnounced, UploadReceived } from '../events/upload-events.ts';
import { auditOf } from '../lifecycle/audit.ts';
import { showRepeated } from '../steps/answer-packet.ts';
import { openWatchReview } from '../steps/raise-watch.ts';
import { leaveCaseOf, recordCase } from '../steps/record-case.ts';
import { showWithdrawn } from '../steps/withdraw-case.ts';
import { type AreaMonth, areaMonth } from '../store/case-record.ts';
import type { RecordContext } from '../store/record-context.ts';
import type { RecordStore } from '../store/record-store.ts';
import { registriesOnce } from '../store/registry-store.ts';
import { recomputeSummary } from '../views/area-summary.ts';
import { openReview } from '../views/open-review.ts';
import { putErasedLine, putPacketLine, showReviewedLines } from '../views/packet-line.ts';
import { refreshReview } from '../views/review-acts.ts';
import type { ReviewItem } from '../views/review-item.ts';
import { pointerKey, putUploadLine, stateOf, type UploadState } from '../views/upload-line.ts';
import { showProgress } from '../views/upload-progress.ts';
import { writeNotice } from '../views/write-notice.ts';
import { writeReceipt } from '../views/write-receipt.ts';
import { hasLetter, writeReviewLetter } from '../views/write-review-letter.ts';
import { eachAtOnce } from './each-at-once.ts';
import { RecordsLostError, requireWholePacket, requireWholeUpload } from './lost-records.ts';
import { markOf } from './open-uploads.ts';
import { type RestoreVerdict, withRestoredVerdicts } from './with-restored-verdicts.ts';

export interface Rebuilt {
  uploads: number;
  packets: number;
  reviews: number;
  areas: number;
  /** what could not be rebuilt: its receipt or packet number, and the name of the error */
  failed: { subject: string; reason: string }[];
}

/** What a rebuild has collected from the log for its end. */
interface Collected {
  areas: Map<string, AreaMonth>;
  uploads: UploadReceived[];
  pointers: Map<string, UploadAnnounced>;
  /** packets whose line is shown in their own upload */
  shown: Set<string>;
  /** erasures that were interrupted, by their number */
  erasures: Map<string, CaseId>;
  /** the registry of a city, read once */
  registryOf(city: string): Promise<Registry | null>;
}

/** Events at work at once: each waits for the stores most of the time. */
const AT_ONCE = 16;

/**
 * Rebuilds every read model from the events and the verdicts they refer to: cases, review items, notices, receipts,
 * lists and summaries. What exists stays as it is; what was lost comes back. Safe while the desk is running. What cannot be
 * rebuilt is listed and does not stop the rest.
 * @param restore decides a packet again whose stored verdict is lost
 */
export async function rebuild(
  records: RecordContext,
  events: AsyncIterable<RecordEvent>,
  restore: RestoreVerdict = async (lost) => {
    throw lost;
  },
): Promise<Rebuilt> {
  const { store } = records;
  const collected = collectInto(store, await interruptedErasures(records));
  const rebuilt: Rebuilt = { uploads: 0, packets: 0, reviews: 0, areas: 0, failed: [] };
  const attempt = async (subject: string, work: () => Promise<void>) => {
    try {
      await withRestoredVerdicts(work, async (lost) => {
        // Restored, what was erased would come back.
        if (await isBeingErased(records, lost.packet_id)) throw new ErasureOpenError();
        await restore(lost);
      });
    } catch (error) {
      rebuilt.failed.push({ subject, reason: error instanceof Error ? error.name : 'Error' });
    }
  };
  await eachAtOnce(events, AT_ONCE, (event) => {
    let tries = 0;
    // A restored decision refers to another verdict than the event that was listed.
    return attempt(event.stream.replace(/^[a-z]+#/, ''), async () => {
      const current = tries++ === 0 ? event : await readEventAt(store, event);
      if (current) await rebuildEvent(records, current, collected, rebuilt);
    });
  });
  for (const { upload_id, sender, digest, name } of collected.pointers.values())
    if (digest)
      await store.put('submissions', { ...pointerKey({ sender, digest, name }), points_to: upload_id });
  await eachAtOnce(collected.uploads, AT_ONCE, (upload) =>
    attempt(upload.upload_id, async () => {
      await rebuildUpload(records, upload, collected);
      rebuilt.uploads++;
    }),
  );
  for (const area of collected.areas.values()) await recomputeSummary(store, area, records.now());
  return { ...rebuilt, areas: collected.areas.size };
}

/** Something is lost because its case is being erased: the erasure was interrupted. */
class ErasureOpenError extends Error {
  override name = 'ErasureOpen';
}

async function interruptedErasures({ store, now }: RecordContext): Promise<Collected['erasures']> {
  const found: Collected['erasures'] = new Map();
  for (const of of await openErasures(store, now().toISOString())) {
    const { erasure } = (await readRetention(store, of)) ?? {};
    if (erasure) found.set(erasure, of);
  }
  return found;
}

function collectInto(store: RecordStore, erasures: Collected['erasures']): Collected {
  return {
    erasures,
    areas: new Map(),
    uploads: [],
    pointers: new Map(),
    shown: new Set(),
    registryOf: registriesOnce(store),
  };
}

/** Exhaustive: a new type of event has to say here which read model it makes. */
async function rebuildEvent(
  records: RecordContext,
  event: RecordEvent,
  collected: Collected,
  rebuilt: Rebuilt,
): Promise<void> {
  switch (event.type) {
    case 'packet.decided':
      return rebuildPacket(records, event, collected, rebuilt);
    case 'case.erased':
      return rebuildErased(records.store, event, collected);
    case 'upload.announced':
      // Closed without its file it never came; one that came shows so itself.
      await showProgress(records.store, event, event.open ? 'announced' : 'never_came', { since: event.at });
      return collectPointer(event, collected);
    case 'upload.received':
      collected.uploads.push(event);
      return;
    case 'watch.raised':
      if (await openWatchReview(records, event)) rebuilt.reviews++;
      return;
    case 'review.advised':
    case 'review.closed':
      if (hasLetter(event)) await writeReviewLetter(records, event.packet_id, event.act, { keepText: true });
      return;
    // Made again with the packet.
    case 'watch.recorded':
    case 'watch.dated':
      return;
    // Read from the stream of their upload, packet or case.
    case 'malware.scanned':
    case 'upload.redacted':
    case 'packet.answered':
    case 'upload.finished':
    case 'case.version':
    case 'case.withdrawn':
    case 'case.left':
    case 'review.opened':
    case 'review.claimed':
    case 'review.released':
    case 'review.handed_over':
    case 'review.set_aside':
    case 'review.ticked':
    case 'review.answered':
    case 'review.received':
    case 'review.file_removed':
    case 'review.withdrawal_asked':
    case 'review.withdrawal_refused':
    case 'answer.remembered':
    case 'reading.confirmed':
    case 'packet.shown':
    case 'packet.moved':
    case 'retention.completed':
    case 'retention.held':
    case 'retention.released':
    case 'retention.erasing':
    // Shown by no read model.
    case 'upload.opened':
    case 'ledger.open':
    case 'receipt.written':
    case 'notice.written':
    case 'digest.first':
    case 'packet.ocr_read':
    case 'packet.uses_text':
    case 'ocr.read':
    case 'ocr.used':
    case 'object.copying':
    case 'object.copied':
    case 'object.replaced':
    case 'registry.imported':
    case 'waiver.granted':
    case 'waiver.ended':
    case 'sample.drawn':
    case 'message.failed':
      return;
    default:
      return unknownEvent(event);
  }
}

/** An erasure that was interrupted has numbers of its own only where the records of its case are gone. */
async function rebuildErased(
  store: RecordStore,
  { erasure, tombstones }: CaseErased,
  { erasures, areas }: Collected,
): Promise<void> {
  const open = erasures.get(erasure);
  for (const tombstone of tombstones) {
    areas.set(tombstone.area_month, tombstone);
    const begins = `${open?.person}#`;
    const left = open ? store.partition('cases', tombstone.area_month, { begins }) : [];
    if ((await Array.fromAsync(left)).length === 0) await store.put('cases', tombstone);
  }
}

async function rebuildPacket(
  records: RecordContext,
  decided: PacketDecided,
  collected: Collected,
  rebuilt: Rebuilt,
): Promise<void> {
  const isErasing = [...collected.erasures.values()].some((of) => auditOf.case(of) === auditOf.case(decided));
  if (isErasing) throw new ErasureOpenError();
  const packet = await readPacketStream(records, decided.packet_id);
  const verdict = await records.results.readVerdict(decided);
  const read = { packet, verdict, chain: await versionsOf(records.store, decided) };
  for (const area of await rebuildCase(records, decided, read)) collected.areas.set(areaMonth(area), area);
  // Line, review item and notice of a packet that was decided again follow its last run.
  if (packet.runs.at(-1)?.run !== decided.run) return;
  await putPacketLine(records.store, decided, decided.position, decided, verdict, null);
  await showReviewedLines(records, decided);
  collected.shown.add(decided.packet_id);
  if (await rebuildReview(records, packet)) rebuilt.reviews++;
  const withdrawn = read.chain.find((version) => isVersionOf(version, decided))?.withdrawn_at;
  if (withdrawn) await showWithdrawn(records, decided, withdrawn);
  // A version that a crash had left out was recorded just now.
  const chain = hasVersion(read.chain, decided) ? read.chain : await versionsOf(records.store, decided);
  await writeNotice(records, decided.packet_id, {
    keepText: true,
    read: { decided, verdict, chain, registry: await collected.registryOf(decided.city) },
    isRecorded: packet.has(packetKeys.notice(decided.packet_id, decided.run)),
  });
  rebuilt.packets++;
  const item = await records.store.get<ReviewItem>('reviews', { packet_id: decided.packet_id });
  requireWholePacket(packet, item);
}

/** What one decision of the log was read with, so that no step reads it again. */
interface Read {
  packet: PacketStream;
  verdict: PacketVerdict;
  chain: CaseVersion[];
}

/** Announced again because the first was finished: the last announcement counts. */
function collectPointer(event: UploadAnnounced, { pointers }: Collected): void {
  const { sender, digest, name } = event;
  if (!digest) return;
  const key = pointerKey({ sender, digest, name }).upload_id;
  const existing = pointers.get(key);
  if (!existing || existing.at < event.at) pointers.set(key, event);
}

const isVersionOf = (version: CaseVersion, { packet_id, run }: PacketDecided): boolean =>
  version.packet_id === packet_id && version.run === run;

const hasVersion = (chain: CaseVersion[], decided: PacketDecided): boolean =>
  chain.some((version) => isVersionOf(version, decided));

/** Rebuilds every version of a case, in order, at the first of them; at the later ones it is done already. */
async function rebuildCase(records: RecordContext, decided: PacketDecided, read: Read): Promise<AreaMonth[]> {
  const index = read.chain.findIndex((version) => isVersionOf(version, decided));
  if (index > 0) return [];
  const touched = await rebuildVersion(records, decided, read.packet.runs, read);
  for (const { packet_id, run } of index < 0 ? [] : read.chain.slice(1)) {
    const runs = packet_id === decided.packet_id ? read.packet.runs : await readRuns(records, packet_id);
    const one = runs.find((each) => each.run === run);
    if (one) touched.push(...(await rebuildVersion(records, one, runs)));
  }
  return touched;
}

async function rebuildVersion(
  records: RecordContext,
  decided: PacketDecided,
  runs: PacketDecided[],
  { verdict, chain }: Partial<Read> = {},
): Promise<AreaMonth[]> {
  const touched = await recordCase(records, decided, verdict, { before: chain });
  const next = runs.find(({ run }) => run === decided.run + 1);
  if (next) touched.push(...(await leaveCaseOf(records, decided, next)));
  return touched;
}

/** The review item of each run that opened one, then its later state. */
async function rebuildReview(records: RecordContext, packet: PacketStream): Promise<boolean> {
  const { runs } = packet;
  let isOpened = false;
  for (const [n, run] of runs.entries()) {
    const isLast = n === runs.length - 1;
    if (isLast || packet.has(packetKeys.review(run.packet_id, run.run)))
      isOpened = Boolean(await openReview(records, run.packet_id, run)) || isOpened;
    // The item of a run that was ended is closed before a later run can supersede it.
    await refreshReview(records.store, run.packet_id, run);
  }
  return isOpened;
}

async function rebuildUpload(
  records: RecordContext,
  upload: UploadReceived,
  { shown }: Pick<Collected, 'shown'>,
): Promise<void> {
  const events = await readUpload(records, upload.upload_id);
  const { finished } = events;
  for (const answer of events.answers) {
    const { position, erased, outcome } = answer;
    if (erased) {
      await putErasedLine(records.store, upload, { ...answer, erased });
      continue;
    }
    if (outcome === 'decided' && shown.has(answer.packet_id)) continue;
    const decided = await readDecision(records, answer.packet_id);
    if (!decided) throw new RecordsLostError('DecisionLost');
    if (outcome === 'repeated') {
      await showRepeated(records, upload, position, decided, answer.packet);
      continue;
    }
    const verdict = await records.results.readVerdict(decided);
    await putPacketLine(records.store, upload, position, decided, verdict, null);
  }
  const state = await stateOf(records, upload, finished);
  await putUploadLine(records.store, upload, state, finished ?? undefined);
  await rebuildProgress(records.store, upload, state, events);
  if (finished) await writeReceipt(records, upload.upload_id, { keepText: true });
  requireWholeUpload(events);
}

async function rebuildProgress(
  store: RecordStore,
  upload: UploadReceived,
  state: UploadState,
  events: UploadEvents,
): Promise<void> {
  const { finished } = events;
  const since = finished?.at ?? upload.at;
  const shown = !markOf(events) ? 'settled' : state === 'finished' ? 'decided' : state;
  await showProgress(store, upload, shown, { since, packets: finished?.packets });
}
