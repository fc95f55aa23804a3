import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { readShown } from '../../shared/records/events/read-packet.ts';
import { readReceived } from '../../shared/records/events/read-upload.ts';
import type { ReviewEvent } from '../../shared/records/events/review-events.ts';
import { isDocumentKind } from '../../shared/vocabulary/document-kinds.ts';
import { withSource } from '../stored-source.ts';
import type { IntakeDependencies } from './dependencies.ts';
import type { FilesWithMyNumber } from './my-number-files.ts';
import { redactUpload } from './redact-upload.ts';

/**
 * Removes the files a reviewer saw a 個人番号 in from every upload that brought the packet, like those the desk recognises
 * itself (docs/decisions/0012-my-number.md). Repeated, it finds them removed.
 */
export async function removeSeenFiles(
  deps: IntakeDependencies,
  decided: PacketDecided,
  acts: ReviewEvent[],
): Promise<void> {
  const digests = acts.flatMap((act) => (act.type === 'review.file_removed' ? [act.digest] : []));
  if (digests.length === 0) return;
  const files = filesOf(await deps.results.readVerdict(decided), digests);
  const uploads = [decided.upload_id];
  for await (const { upload_id } of readShown(deps, decided.packet_id)) uploads.push(upload_id);
  for (const upload_id of uploads) await removeFrom(deps, upload_id, files);
}

/** How the files were read, as far as that may be kept. */
function filesOf({ documents }: PacketVerdict, digests: string[]): FilesWithMyNumber {
  const files: FilesWithMyNumber = new Map();
  for (const digest of digests) {
    const read = documents.filter((document) => document.digest === digest);
    const [first] = read;
    if (!first) continue;
    files.set(digest, {
      // It was looked at: OCR must not read it again.
      read_by: first.read_by === 'none' ? 'text' : first.read_by,
      kind: first.kind !== null && isDocumentKind(first.kind) ? first.kind : null,
      title: first.title,
      pages: read.reduce((sum, { pages }) => sum + pages, 0),
      rows: 0,
      place: {},
    });
  }
  return files;
}

async function removeFrom(
  deps: IntakeDependencies,
  uploadId: string,
  files: FilesWithMyNumber,
): Promise<void> {
  const upload = await readReceived(deps, uploadId);
  if (!upload) return;
  const { openUpload } = await deps.domain();
  await withSource(deps, upload, async (source) =>
    redactUpload(deps, upload, await openUpload(source), files),
  );
}
