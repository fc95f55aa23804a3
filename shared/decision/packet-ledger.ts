import type { ReadDocument } from '../documents/document.ts';
import { unreadPages } from '../documents/ocr/unread-image.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import type { Packet } from '../packet/packet.ts';
import type { Ledger } from './verdict.ts';

/**
 * The ledger of a packet: every file, page and row, and its one outcome.
 * @param coverFile path of packet.json, which is used but is no document
 */
export function closeLedger(
  packet: Packet,
  documents: ReadDocument[],
  coverFile: string | null,
): { ledger: Ledger; findings: Finding[] } {
  const ofFile = Map.groupBy(documents, ({ file }) => file);
  const outcomes = countOutcomes(packet, ofFile, coverFile);
  const sums = Object.values(outcomes);
  const total = (key: keyof Count): number => sums.reduce((sum, count) => sum + count[key], 0);
  const lost = packet.files
    .filter(({ path }) => path !== coverFile && isLost(ofFile.get(path) ?? []))
    .map(({ path }) => path);
  const files = packet.files.length + packet.rejected.length;
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
  coverFile: string | null,
): Ledger['outcomes'] {
  const outcomes: Ledger['outcomes'] = {};
  const add = (outcome: string, { files, pages, rows }: Count): void => {
    const sum = outcomes[outcome] ?? { files: 0, pages: 0, rows: 0 };
    outcomes[outcome] = { files: sum.files + files, pages: sum.pages + pages, rows: sum.rows + rows };
  };
  for (const { path } of packet.files) {
    if (path === coverFile) add('used', { files: 1, pages: 0, rows: 0 });
    else
      for (const [i, document] of (ofFile.get(path) ?? []).entries()) {
        // a page is read only when its text explains its ink
        const unread = unreadPages(document).length;
        const pages = pageCount(document) - unread;
        add(document.outcome, { files: i === 0 ? 1 : 0, pages, rows: document.rows });
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

/** No document was made of the file, or its pages do not follow one another: one skipped, or one in two documents. */
function isLost(documents: ReadDocument[]): boolean {
  const spans = documents.flatMap((d) => (d.pages ? [d.pages] : [])).sort((a, b) => a.from - b.from);
  const hasGap = spans.some((span, i) => span.from !== (i === 0 ? 1 : spans[i - 1]!.to + 1));
  return documents.length === 0 || hasGap;
}
