import { readCover, withCoverSheet } from './cover-sheet/read-cover.ts';
import { splitStack } from './cover-sheet/split-stack.ts';
import type { DecisionContext } from './decision/decision-context.ts';
import { judgePacket } from './decision/judge-packet.ts';
import { UploadLedger } from './decision/upload-ledger.ts';
import type { PacketVerdict } from './decision/verdict.ts';
import { holdsPictures, weighOcr, withoutPictures } from './decision/weigh-ocr.ts';
import { ledgerVerdict, uploadVerdict } from './decision/without-city.ts';
import { withOcr } from './documents/ocr/with-ocr.ts';
import { readDocuments } from './documents/read-documents.ts';
import { type OpenedUpload, openUpload } from './packet/open-upload.ts';
import type { Packet } from './packet/packet.ts';
import type { PacketPosition } from './packet/position.ts';
import type { UploadSource } from './packet/upload-source.ts';

/** A verdict and its position in the upload. */
export interface PlacedVerdict {
  position: PacketPosition;
  verdict: PacketVerdict;
}

/**
 * The journey of one upload: packet → documents → facts → findings → decision.
 * Yields one verdict per packet, in the order of the ZIP; memory does not grow with the number of packets.
 * An upload that cannot be opened yields one verdict that says so, and so does one whose packets do not account for
 * every file in it. Never throws for what an office sent.
 * @param close hears the ledger of the whole upload behind the last packet
 */
export async function* decideUpload(
  source: UploadSource,
  desk: DecisionContext,
  close: (ledger: UploadLedger) => void = () => {},
): AsyncGenerator<PacketVerdict> {
  const upload = await openUpload(source);
  const ledger = new UploadLedger(upload.entries);
  for await (const { verdict } of decideOpened(upload, desk)) {
    ledger.add(verdict.ledger);
    yield verdict;
  }
  if (!ledger.isClosed) yield ledgerVerdict(upload, ledger);
  close(ledger);
}

/**
 * The same for an upload that is open. A packet keeps its position however many verdicts the one before it gives.
 * `from`: packets before this one have their verdicts; they are counted and passed over.
 */
export async function* decideOpened(
  upload: OpenedUpload,
  desk: DecisionContext,
  from = 1,
): AsyncGenerator<PlacedVerdict> {
  const notes = upload.findings.filter((f) => f.severity === 'info');
  let packets = 0;
  for await (const packet of upload.packets()) {
    // A note about the whole upload is told once, with its first packet.
    const told = packets++ === 0 ? notes : [];
    if (packets < from) continue;
    let part = 0;
    for await (const verdict of decidePacket({ ...packet, findings: [...told, ...packet.findings] }, desk))
      yield { position: { packet: packets, part: part++ }, verdict };
  }
  // What is wrong with the upload as a whole gets a verdict of its own, so that it reaches the office.
  const troubles = upload.findings.filter((f) => f.severity !== 'info');
  if (troubles.length > 0 || packets === 0)
    yield {
      position: { packet: packets + 1, part: 0 },
      verdict: uploadVerdict({ ...upload, refused: packets === 0 ? upload.refused : 0 }, troubles),
    };
}

/** The journey of one packet: one verdict, or one for each part of a stack of papers that 送付票 divide. */
export async function* decidePacket(packet: Packet, desk: DecisionContext): AsyncGenerator<PacketVerdict> {
  const cover = await readCover(packet);
  const printed = await readDocuments(packet);
  const documents = await withOcr(packet, printed, desk.ocrTexts);
  // The packet as it is without its pictures gives it its id, which must not change once they are read.
  const bare = holdsPictures(documents)
    ? await judgePacket(packet, cover, withoutPictures(printed), desk)
    : null;
  for (const [i, part] of splitStack(packet, documents).entries()) {
    const said = part.sheet ? withCoverSheet(cover, part.sheet) : cover;
    const verdict = await judgePacket(part.packet, said, part.documents, desk);
    if (!holdsPictures(part.documents)) yield verdict;
    else {
      // What a picture says is weighed against what the packet says without it.
      const alone = await judgePacket(part.packet, said, withoutPictures(part.documents), desk);
      const id = i === 0 && bare ? bare.packet_id : alone.packet_id;
      yield { ...weighOcr(verdict, alone, part.documents, said.cover), packet_id: id };
    }
  }
}
