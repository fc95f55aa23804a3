import { resolve } from 'node:path';
import { StoredOcrTexts } from '../functions/ocr/stored-ocr-texts.ts';
import { withSource } from '../functions/stored-source.ts';
import { openUpload } from '../shared/packet/open-upload.ts';
import type { PacketFile } from '../shared/packet/packet.ts';
import {
  type CaseContents,
  type CasePacket,
  inboxObject,
} from '../shared/records/lifecycle/case-contents.ts';
import { writeExport } from '../shared/records/lifecycle/export-case.ts';
import { splitUpload } from '../shared/split/split-upload.ts';
import type { CaseContext } from './case-context.ts';

/** Writes the whole history of a case to a new folder. */
export async function exportCase(
  context: CaseContext,
  contents: CaseContents,
  { out }: { out: string },
): Promise<object> {
  const manifest = await writeExport(context, contents, resolve(out), {
    eachFile: (visit) => eachOriginalFile(context, contents, visit),
    readObject: (object) => context.keeper.read(object),
  });
  return { files: manifest.length, out };
}

/** Visits every original file of the case. An upload that was erased has none. */
async function eachOriginalFile(
  context: CaseContext,
  { packets, uploads }: CaseContents,
  visit: (packet: CasePacket, file: PacketFile, isShared: boolean) => Promise<void>,
): Promise<void> {
  const texts = new StoredOcrTexts(context);
  for (const packet of packets) {
    const run = packet.runs.at(-1);
    const upload = run && uploads.find(({ received }) => received.upload_id === run.upload_id);
    if (!run || !upload) continue;
    const { received } = upload;
    if (!(await context.keeper.digest(inboxObject(received)))) continue;
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
    });
  }
}
