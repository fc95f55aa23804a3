import type { OpenedUpload } from '../../shared/packet/open-upload.ts';
import type { WithdrawnFile } from '../../shared/packet/withdrawn.ts';
import { readReceived, readRedaction } from '../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { closeRedaction, recordRedaction } from '../../shared/records/steps/record-redaction.ts';
import { sha256OfStream } from '../../shared/text/digest.ts';
import { withUpload } from '../fetch-upload.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { entriesToRedact, type FilesWithMyNumber } from './my-number-files.ts';
import { deleteReplaced, recordStrayCopies, replaceObject } from './replace-object.ts';

/**
 * Removes every file with a 個人番号 from an upload: records which, replaces the object by a copy without them and
 * deletes what the copy replaces. After an interruption the next run performs what is recorded.
 * @param opened the upload as it was opened for its packets; its entries are listed once more
 */
export async function redactUpload(
  deps: IntakeDependencies,
  upload: UploadReceived,
  opened: OpenedUpload,
  filesWithNumber: FilesWithMyNumber,
): Promise<void> {
  if (filesWithNumber.size > 0 || opened.hasNumberedName) {
    const files = await entriesToRedact(opened, filesWithNumber);
    await recordRedaction(deps, upload.upload_id, { digest: opened.digest, files });
  }
  await finishRedaction(deps, upload.upload_id, opened.hasNumberedName);
}

/** Performs recorded redactions that are not yet done. Does nothing where none is recorded or all are done. */
export async function finishRedaction(
  deps: IntakeDependencies,
  uploadId: string,
  hasNumberedName = false,
): Promise<void> {
  for (let copied = -1; ; ) {
    const redaction = await readRedaction(deps, uploadId);
    const files = redaction?.files ?? [];
    // Another process may have recorded more while the copy was made: then it is made again without those as well.
    if (redaction?.isDone) return deleteStrayCopies(deps, uploadId);
    if (copied === files.length || (!redaction && !hasNumberedName)) return;
    copied = files.length;
    const upload = await readReceived(deps, uploadId);
    if (!upload) throw new Error(`upload ${uploadId} was never received`);
    const maskNames = hasNumberedName || files.some(({ digest }) => digest === null);
    if (!(await replaceByCopy(deps, upload, files, maskNames))) {
      copied = -1;
      continue;
    }
    if (!(await deleteReplaced(deps, uploadId))) return;
    await closeRedaction(deps, uploadId, files);
  }
}

/** Of two processes at once, one may put its copy after the other has finished. */
async function deleteStrayCopies(deps: IntakeDependencies, uploadId: string): Promise<void> {
  const upload = await readReceived(deps, uploadId);
  if (!upload) return;
  await recordStrayCopies(deps, upload);
  await deleteReplaced(deps, uploadId);
}

/** False: another process replaced the object meanwhile; it is to be done again from there. */
async function replaceByCopy(
  deps: IntakeDependencies,
  upload: UploadReceived,
  files: WithdrawnFile[],
  maskNames: boolean,
): Promise<boolean> {
  const { fileSource, redactZip, DEFAULT_LIMITS } = await deps.redaction();
  return withUpload(deps, upload, async (file, before) => {
    const places = files.map(({ at }) => at);
    const copy = await redactZip(await fileSource(file), {
      name: upload.name,
      places,
      maskNames,
      limits: DEFAULT_LIMITS,
    });
    const digest = await sha256OfStream(copy.stream(0, copy.size));
    // A copy of a copy from which nothing more is removed.
    return digest === before || replaceObject(deps, upload, copy, digest);
  });
}
