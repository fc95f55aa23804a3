import { readdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isUploadLost } from '../functions/fetch-upload.ts';
import { StoredOcrTexts } from '../functions/ocr/stored-ocr-texts.ts';
import { withSource } from '../functions/stored-source.ts';
import { openUpload } from '../shared/packet/open-upload.ts';
import type { PacketFile } from '../shared/packet/packet.ts';
import type { CaseContents, CasePacket } from '../shared/records/lifecycle/case-contents.ts';
import { writeExport } from '../shared/records/lifecycle/export-case.ts';
import { splitUpload } from '../shared/split/split-upload.ts';
import type { CaseContext } from './case-context.ts';
import { OperationError } from './operation.ts';

/** Writes the whole history of a case to a new folder. What was written of an export that failed is removed again. */
export async function exportCase(
  context: CaseContext,
  contents: CaseContents,
  { out }: { out: string },
): Promise<object> {
  const folder = resolve(out);
  await requireNew(folder);
  try {
    const { files, lost } = await writeExport(context, contents, folder, {
      eachFile: (visit) => eachOriginalFile(context, contents, visit),
    });
    return { files: files.length, out, lost };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw ofFolder(error, folder);
  }
}

async function requireNew(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw ofFolder(error, folder);
  });
  if (names.length > 0)
    throw new OperationError(`${folder} は空ではありません。新しいフォルダーを指定してください。`);
}

/** An error of the file system as one the operator can act on; another one as it is. */
function ofFolder(error: unknown, folder: string): unknown {
  const { syscall, path } = error as NodeJS.ErrnoException;
  return syscall && path && (path.startsWith(folder) || folder.startsWith(path))
    ? new OperationError(`${folder} に書き出せません。場所、権限、空きを確かめてください。`)
    : error;
}

/** Visits every original file of the case. Returns the uploads whose stored bytes are lost. */
async function eachOriginalFile(
  context: CaseContext,
  { packets, uploads }: CaseContents,
  visit: (packet: CasePacket, file: PacketFile, isShared: boolean) => Promise<void>,
): Promise<string[]> {
  const lost = new Set<string>();
  const texts = new StoredOcrTexts(context);
  for (const packet of packets) {
    const run = packet.runs.at(-1);
    const upload = run && uploads.find(({ received }) => received.upload_id === run.upload_id);
    if (!run || !upload) continue;
    const { received } = upload;
    const verdict = await context.results.readVerdict(run);
    const documentFiles = new Set(verdict.documents.map((document) => document.file));
    await withSource({ ...context.inbox, store: context.store }, received, async (source) => {
      let isFound = false;
      for (const isShared of [false, true]) {
        if (isFound) return;
        const opened = await openUpload(source);
        for await (const { packet: sent } of splitUpload(opened, new Set(), texts))
          for (const file of [...(sent?.files ?? []), ...(sent?.beside?.joined?.files ?? [])]) {
            // A packet split from a stack of scans is known by its documents only; their files hold other persons too.
            if (isShared ? !documentFiles.has(file.path) : sent?.digest !== run.digest) continue;
            isFound = true;
            if (file.withdrawn) continue;
            await visit(packet, file, isShared || file.view !== undefined || file.part?.pages !== undefined);
          }
      }
    }).catch((error: Error) => {
      if (!isUploadLost(error)) throw error;
      lost.add(received.upload_id);
    });
  }
  return [...lost];
}
