import { type SplitPapers, splitPapers } from './cover-sheet/papers.ts';
import { readCover } from './cover-sheet/read-cover.ts';
import type { DecisionContext } from './decision/decision-context.ts';
import { findReviewed } from './decision/find-reviewed.ts';
import { judge } from './decision/judge.ts';
import { isLone } from './decision/lone-papers.ts';
import { overtakenFindings } from './decision/overtaken.ts';
import { PacketsUnderway } from './decision/packets-underway.ts';
import { type Reviewed, withAnsweredFindings, withReviewedFacts } from './decision/reviewed.ts';
import { toVerdict } from './decision/to-verdict.ts';
import { loneVerdict, unassignedVerdict } from './decision/unassigned-verdict.ts';
import { UploadLedger } from './decision/upload-ledger.ts';
import { ledgerVerdict, uploadVerdict } from './decision/upload-verdict.ts';
import type { PacketVerdict } from './decision/verdict.ts';
import { weighOcr } from './decision/weigh-ocr.ts';
import { withConfirmed } from './documents/confirmed-readings.ts';
import type { ReadDocument } from './documents/document.ts';
import { withOcr } from './documents/ocr/with-ocr.ts';
import { readDocuments } from './documents/read-documents.ts';
import { collectFacts } from './facts/collect-facts.ts';
import { type OpenedUpload, openUpload } from './packet/open-upload.ts';
import type { Packet } from './packet/packet.ts';
import type { PacketPosition } from './packet/position.ts';
import type { UploadSource } from './packet/upload-source.ts';
import { splitUpload } from './split/split-upload.ts';
import { setStraysAside } from './split/strays.ts';

/**
 * The journey of one packet: cover → documents → facts → findings → decision.
 * Yields one verdict, or one for each person where printed 送付票 divide a stack of papers.
 */
export async function* decidePacket(packet: Packet, context: DecisionContext): AsyncGenerator<PacketVerdict> {
  for (const [part, papers] of (await readPapers(packet, context)).entries())
    yield await decidePapers(papers, part, context);
}

/** Cover and documents of a packet, by person. */
async function readPapers(packet: Packet, context: DecisionContext): Promise<SplitPapers[]> {
  const cover = await readCover(packet);
  const printed = setStraysAside(cover, await readDocuments(packet));
  const read = await withOcr(packet, printed, context.ocrTexts);
  const joined = await joinedPapers(packet);
  const documents = await withConfirmed([...read, ...joined.documents], context.confirmedReadings);
  const received = { packet: joined.packet, cover, documents: printed };
  return splitPapers(received, documents);
}

/** The packet with the papers that joined it out of scans beside it. */
async function joinedPapers(packet: Packet): Promise<{ packet: Packet; documents: ReadDocument[] }> {
  const { joined = null } = packet.beside ?? {};
  if (!joined) return { packet, documents: [] };
  const documents = JSON.parse(await joined.documents()) as ReadDocument[];
  return { packet: { ...packet, files: [...packet.files, ...joined.files] }, documents };
}

/** The papers of one person and month. */
async function decidePapers(
  received: SplitPapers,
  part: number,
  context: DecisionContext,
): Promise<PacketVerdict> {
  const papers = withOvertaking(received, context);
  if (papers.packet.isUnassigned) return unassignedVerdict(papers, context);
  if (isLone(papers, context)) return loneVerdict(papers, context);
  let reviewed: Reviewed[] = [];
  const verdict = await weighOcr(papers, context, async (some, context) => {
    const found = await collectFacts(some, context);
    reviewed = await findReviewed(found.identity, part, context);
    const digests = new Set(some.documents.map(({ digest }) => digest));
    const collected = withReviewedFacts(found, reviewed, digests);
    const judgement = await judge(some, collected, context);
    return toVerdict(some, collected.identity, judgement, context);
  });
  return withAnsweredFindings(verdict, reviewed);
}

/** Papers that complete a packet, with what came between. */
const withOvertaking = (papers: SplitPapers, { overtaken }: DecisionContext): SplitPapers =>
  overtaken
    ? {
        ...papers,
        packet: { ...papers.packet, findings: [...overtakenFindings(overtaken), ...papers.packet.findings] },
      }
    : papers;

/**
 * The journey of one upload: its packets one after the other, in the order of the ZIP; memory does not grow with their
 * number. An upload that cannot be opened yields one verdict with the reason, and so does one whose packets do not
 * account for every file in it. Never throws for what an office sent.
 * @param close gets the ledger of the whole upload after the last packet
 */
export async function* decideUpload(
  source: UploadSource,
  context: DecisionContext,
  close: (ledger: UploadLedger) => void = () => {},
): AsyncGenerator<PacketVerdict> {
  const upload = await openUpload(source);
  const ledger = new UploadLedger(upload.entries);
  for await (const { verdict } of decideOpened(upload, context)) {
    ledger.add(verdict);
    yield verdict;
  }
  if (!ledger.isClosed) yield ledgerVerdict(upload, ledger, context);
  close(ledger);
}

/** A verdict and its position in the upload. */
export interface PlacedVerdict {
  position: PacketPosition;
  verdict: PacketVerdict;
}

/**
 * The same for an upload that is open. A packet keeps its position however many verdicts the one before it gives.
 * @param answered numbers of packets that have their verdicts: they are counted and not decided again, but for the last of
 * them, which may lack one of its parts
 * @param ahead packets that are read, and whose records are asked for, while the verdict on one is awaited
 */
export async function* decideOpened(
  upload: OpenedUpload,
  context: DecisionContext,
  { answered = new Set(), ahead = 0 }: { answered?: ReadonlySet<number>; ahead?: number } = {},
): AsyncGenerator<PlacedVerdict> {
  const seen = { packets: 0, last: 0 };
  const reading = readPackets(upload, context, answered, seen);
  const underway = new PacketsUnderway(context, decidePapers);
  try {
    for (let isRead = false; ; ) {
      while (!isRead && underway.hasRoom(ahead + 1)) {
        try {
          const { done, value } = await reading.next();
          if (done) isRead = true;
          else underway.begin(value.number, value.parts);
        } catch (cause) {
          underway.fail(cause);
          isRead = true;
        }
      }
      if (underway.count === 0) break;
      for await (const { number, part, verdict } of underway.first())
        yield { position: { packet: number, part }, verdict };
    }
  } finally {
    await underway.end();
    await reading.return();
  }
  const { packets, last } = seen;
  // What is wrong with the upload as a whole gets a verdict of its own, so that it reaches the office.
  const faults = upload.findings.filter((f) => f.severity !== 'info');
  if (faults.length > 0 || packets === 0) {
    const refused = packets === 0 ? upload.refused : 0;
    yield {
      position: { packet: last + 1, part: 0 },
      verdict: uploadVerdict({ ...upload, refused }, faults, context),
    };
  }
}

/** The papers of each packet that may lack an answer. @param seen counts all packets, those with an answer included */
async function* readPackets(
  upload: OpenedUpload,
  context: DecisionContext,
  answered: ReadonlySet<number>,
  seen: { packets: number; last: number },
): AsyncGenerator<{ number: number; parts: SplitPapers[] }, void> {
  // A note about the whole upload goes with its first packet.
  const notes = upload.findings.filter((f) => f.severity === 'info');
  for await (const { packet, number } of splitUpload(upload, answered, context.ocrTexts)) {
    seen.packets++;
    seen.last = Math.max(seen.last, number);
    if (!packet) continue;
    const findings = [...(seen.packets === 1 ? notes : []), ...packet.findings];
    yield { number, parts: await readPapers({ ...packet, findings }, context) };
  }
}
