import { awaitsOcr } from '../../shared/documents/ocr/unread-image.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { readReceived } from '../../shared/records/events/read-upload.ts';
import { recordTextUse } from '../../shared/records/steps/record-text-use.ts';
import { log } from '../log.ts';
import { withSource } from '../stored-source.ts';
import type { OcrDependencies } from './dependencies.ts';

/**
 * Work on one message ends before the function times out (600 s), also when the last pages take all the time they may;
 * the rest gets a message of its own.
 */
const TIME_BUDGET_MS = 240_000;

/**
 * Reads the unread pictures of one packet. A page is read once: its text is stored, and a second delivery, another
 * packet with the same file or a redrive finds it.
 */
export async function readPictures(deps: OcrDependencies, packetId: string): Promise<void> {
  const started = Date.now();
  const decided = await readDecision(deps, packetId);
  const upload = decided && (await readReceived(deps, decided.upload_id));
  if (!decided || !upload) throw new Error(`no decision for packet ${packetId}`);
  const { withPacket, readDocuments, readUnread, ocrFileIsolated } = await deps.reading();
  const read = await withSource(deps, upload, (source) =>
    withPacket(source, decided.digest, async (packet) => {
      const documents = await readDocuments(packet);
      const unread = documents.filter(awaitsOcr).map(({ digest }) => digest);
      await recordTextUse(deps, packetId, unread);
      return readUnread(packet, documents, {
        texts: deps.scans,
        read: ocrFileIsolated,
        isEnough: () => Date.now() - started > TIME_BUDGET_MS,
      });
    }),
  );
  if (!read) throw new Error(`packet ${packetId} is not in its upload any more`);
  const { pages, isDone } = read;
  if (isDone) await deps.queues.send('intake', { kind: 'ocr_done', packet_id: packetId });
  else await deps.queues.send('ocr', { kind: 'packet', packet_id: packetId });
  log('info', isDone ? 'scans read' : 'scans read in part', {
    packet_id: packetId,
    count: pages,
    ms: Date.now() - started,
  });
}
