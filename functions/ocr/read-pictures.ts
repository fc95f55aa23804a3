import { isUnreadPicture } from '../../shared/documents/ocr/unread-picture.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { readReceived, readRedaction } from '../../shared/records/events/read-upload.ts';
import { recordTextUse } from '../../shared/records/steps/record-text-use.ts';
import { withUpload } from '../fetch-upload.ts';
import { log } from '../log.ts';
import type { OcrDependencies } from './dependencies.ts';

/**
 * Work on one message ends before the function's own time does (600), also when the pages read last take all the time
 * they are given; what is left gets a message of its own. Seconds.
 */
const ENOUGH = 240;

/**
 * Reads what nobody has read of one packet. A page is read once: its text is kept, and a second delivery, another
 * packet with the same file or a redrive finds it there.
 */
export async function readPictures(desk: OcrDependencies, packetId: string): Promise<void> {
  const started = Date.now();
  const decided = await readDecision(desk, packetId);
  const upload = decided && (await readReceived(desk, decided.upload_id));
  if (!decided || !upload) throw new Error(`no decision for packet ${packetId}`);
  const { findPacket, readDocuments, readUnread, readPictureIsolated } = await desk.reading();
  const { pages, isDone } = await withUpload(desk, upload, async (file) => {
    const redaction = await readRedaction(desk, upload.upload_id);
    const packet = await findPacket({ name: upload.name, file, redaction }, decided.digest);
    if (!packet) throw new Error(`packet ${packetId} is not in its upload any more`);
    const documents = await readDocuments(packet);
    const unread = documents.filter(isUnreadPicture).map(({ digest }) => digest);
    await recordTextUse(desk, packetId, unread);
    return readUnread(packet, documents, {
      texts: desk.scans,
      read: readPictureIsolated,
      isEnough: () => Date.now() - started > ENOUGH * 1000,
    });
  });
  if (isDone) await desk.queues.send('intake', { kind: 'scanned', packet_id: packetId });
  else await desk.queues.send('ocr', { kind: 'packet', packet_id: packetId });
  log('info', isDone ? 'scans read' : 'scans read in part', {
    packet_id: packetId,
    count: pages,
    ms: Date.now() - started,
  });
}
