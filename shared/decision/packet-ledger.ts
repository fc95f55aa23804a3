import type { ReadDocument } from '../documents/document.ts';
import { unreadPages } from '../documents/ocr/unread-image.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import type { Packet, PacketFile, PageSpan } from '../packet/packet.ts';
import type { Ledger } from './verdict.ts';

/**
 * The ledger of a packet: every file, page and row, and its one outcome.
 * @param coverFiles paths of packet.json, which is used but is no document
 */
export function closeLedger(
  packet: Packet,
  documents: ReadDocument[],
  coverFiles: string[],
): { ledger: Ledger; findings: Finding[] } {
  const ofFile = Map.groupBy(documents, ({ file }) => file);
  const outcomes = countOutcomes(packet, ofFile, coverFiles);
  const sums = Object.values(outcomes);
  const total = (key: keyof Count): number => sums.reduce((sum, count) => sum + count[key], 0);
  const parts = Map.groupBy(packet.files, ({ path }) => path);
  const lost = [...parts.keys()].filter(
    (path) => !coverFiles.includes(path) && isLost(ofFile.get(path) ?? [], pagesOf(parts.get(path)!)),
  );
  const files = [...parts.values()].filter(isCounted).length + packet.rejected.length;
  const accounted = lost.length === 0 && total('files') === files;
  const entries = packet.entries?.length ?? files;
  return {
    ledger: { entries, files, pages: total('pages'), rows: total('rows'), accounted, outcomes },
    findings: accounted ? [] : [unaccounted(lost)],
  };
}

type Count = Ledger['outcomes'][string];

/** Files, pages and rows by outcome. A file of several documents counts once, with the outcome of the first. */
function countOutcomes(
  packet: Packet,
  ofFile: Map<string, ReadDocument[]>,
  coverFiles: string[],
): Ledger['outcomes'] {
  const outcomes: Ledger['outcomes'] = {};
  const add = (outcome: string, { files, pages, rows }: Count): void => {
    const sum = outcomes[outcome] ?? { files: 0, pages: 0, rows: 0 };
    outcomes[outcome] = { files: sum.files + files, pages: sum.pages + pages, rows: sum.rows + rows };
  };
  for (const [path, parts] of Map.groupBy(packet.files, (file) => file.path)) {
    const files = isCounted(parts) ? 1 : 0;
    if (coverFiles.includes(path)) add('used', { files, pages: 0, rows: 0 });
    else
      for (const [i, document] of (ofFile.get(path) ?? []).entries()) {
        // a page is read only when its text explains its ink
        const unread = unreadPages(document).length;
        const pages = pageCount(document) - unread;
        add(document.outcome, { files: i === 0 ? files : 0, pages, rows: document.rows });
        if (unread > 0) add('unreadable', { files: 0, pages: unread, rows: 0 });
      }
  }
  for (const { outcome } of packet.rejected) add(outcome, { files: 1, pages: 0, rows: 0 });
  return outcomes;
}

const unaccounted = (lost: string[]): Finding =>
  fileFinding(
    'F_PACKET_LEDGER',
    'review',
    { file: lost[0] },
    `受け取ったファイルのうち、処理の結果が確定していないものがあります（${lost.join('、')}）。`,
    '事業所の対応は不要です。運用担当が読み取りをやり直します。',
  );

export const pageCount = (d: ReadDocument): number => (d.pages ? d.pages.to - d.pages.from + 1 : 0);

/** A file of which several packets have a part counts in one of them. */
const isCounted = (parts: PacketFile[]): boolean => parts.some(({ part }) => !part || part.isFirst);

/** The pages this packet has of a file; null: all of them. */
function pagesOf(parts: PacketFile[]): PageSpan[] | null {
  const spans = parts.flatMap(({ part }) => part?.pages ?? []);
  return spans.length > 0 ? spans.toSorted((a, b) => a.from - b.from) : null;
}

/** No document was made of the file, or its pages are not each in one document: one skipped, or one in two. */
function isLost(documents: ReadDocument[], expected: PageSpan[] | null): boolean {
  if (documents.length === 0) return true;
  const read = joined(documents.flatMap((d) => (d.pages ? [d.pages] : [])));
  if (read.length === 0) return expected !== null;
  if (expected) return JSON.stringify(read) !== JSON.stringify(joined(expected));
  return read.length > 1 || read[0]!.from !== 1;
}

/** Spans in their order, those that follow one another as one; a page in two spans keeps them separate. */
function joined(spans: PageSpan[]): PageSpan[] {
  const all: PageSpan[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && from === last.to + 1) last.to = to;
    else all.push({ from, to });
  }
  return all;
}
