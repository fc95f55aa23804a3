import { decodeStrictly, findEncoding } from '../text/decode.ts';
import { collectBytes } from './collect-bytes.ts';
import type { FileSlice, Packet, RowSpan, SplitFile } from './packet.ts';
import type { UploadEntry } from './upload-entry.ts';

/**
 * What a verdict keeps of the files of a packet that was split out of its upload; null where the packet is a folder as it is.
 * @param covers paths of the packet.json that were read, which other parts of a stack account for
 */
export function splitFilesOf({ files, isSplit }: Packet, covers: string[]): SplitFile[] | null {
  if (!isSplit && !files.some(({ part, view }) => part || view)) return null;
  const own = files.map(({ path, part, view, withdrawn }): SplitFile => {
    if (withdrawn?.of) return { path, isLost: true };
    if (view) return { path: view.of, shown: path, pages: view.pages };
    const { isFirst: _, ...rest } = part ?? { isFirst: true };
    return { path, ...rest };
  });
  const paths = new Set(own.map(({ path }) => path));
  return [...own, ...covers.filter((path) => !paths.has(path)).map((path) => ({ path }))];
}

/** The entries of an upload that a split packet has, each as the part the packet has of it. */
export function entriesOf(entries: UploadEntry[], files: SplitFile[]): UploadEntry[] {
  const byPath = Map.groupBy(entries, ({ path }) => path);
  return files.flatMap(({ path, shown, isLost: _, ...part }) => {
    const all = byPath.get(path) ?? [];
    // The packet of a packet: the part of a part is named by its place in the file that was sent.
    const entry = all.find((one) => isSamePart(one.part, part)) ?? all[0];
    if (!entry) return [];
    if (isSamePart(entry.part, part)) return [entry];
    return [{ ...entry, ...(shown && { shown }), ...(isPart(part) && partOf(entry, part)) }];
  });
}

const isPart = ({ rows, pages, stray }: FileSlice): boolean => Boolean(rows || pages || stray);
const isSamePart = (a: FileSlice | undefined, b: FileSlice): boolean =>
  a !== undefined &&
  JSON.stringify([a.rows, a.pages, a.stray]) === JSON.stringify([b.rows, b.pages, b.stray]);

function partOf(entry: UploadEntry, part: FileSlice): Pick<UploadEntry, 'part' | 'bytes' | 'declaredSize'> {
  const { rows } = part;
  if (!rows) return { part, bytes: entry.bytes };
  return {
    part,
    declaredSize: 0,
    async *bytes(counted) {
      yield cutRows(await collectBytes(entry.bytes(counted)), rows.spans);
    },
  };
}

/** Records of a CSV, by their bytes in it. */
function cutRows(file: Buffer, spans: RowSpan[]): Buffer {
  const bytes = cuttable(file);
  return Buffer.concat(spans.map(({ byte, size }) => bytes.subarray(byte, byte + size)));
}

/** In ISO-2022-JP a byte alone tells nothing: its text is cut in UTF-8. */
export function cuttable(file: Uint8Array): Uint8Array {
  if (findEncoding(file) !== 'iso-2022-jp') return file;
  const text = decodeStrictly('iso-2022-jp', file);
  return text === null ? file : Buffer.from(text);
}
