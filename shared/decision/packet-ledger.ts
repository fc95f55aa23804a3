import type { ReadDocument } from '../documents/document.ts';
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
  const outcomes: Ledger['outcomes'] = {};
  const count = (outcome: string, files: number, pages: number, rows: number): void => {
    const sum = outcomes[outcome] ?? { files: 0, pages: 0, rows: 0 };
    outcomes[outcome] = { files: sum.files + files, pages: sum.pages + pages, rows: sum.rows + rows };
  };
  const lost: string[] = [];
  for (const file of packet.files) {
    if (file.path === coverFile) {
      count('used', 1, 0, 0);
      continue;
    }
    const parts = documents.filter((d) => d.file === file.path);
    if (parts.length === 0 || hasGap(parts)) lost.push(file.path);
    for (const [i, part] of parts.entries()) count(part.outcome, i === 0 ? 1 : 0, pageCount(part), part.rows);
  }
  for (const file of packet.rejected) count(file.outcome, 1, 0, 0);
  const sums = Object.values(outcomes);
  const total = (key: 'files' | 'pages' | 'rows'): number => sums.reduce((n, s) => n + s[key], 0);
  const files = packet.files.length + packet.rejected.length;
  const accounted = lost.length === 0 && total('files') === files;
  const findings = accounted
    ? []
    : [
        fileFinding(
          'F_PACKET_LEDGER',
          'review',
          { file: lost[0] },
          `受け取ったファイルのうち、処理の結果が確定していないものがあります（${lost.join('、')}）。`,
          '事業所の対応は不要です。運用担当が読み取りをやり直します。',
        ),
      ];
  const entries = packet.entries?.length ?? files;
  return {
    ledger: { entries, files, pages: total('pages'), rows: total('rows'), accounted, outcomes },
    findings,
  };
}

export const pageCount = (d: ReadDocument): number => (d.pages ? d.pages.to - d.pages.from + 1 : 0);

/** Pages of one file must follow one another: none skipped, none in two documents. */
function hasGap(parts: ReadDocument[]): boolean {
  const spans = parts.flatMap((p) => (p.pages ? [p.pages] : [])).sort((a, b) => a.from - b.from);
  return spans.some((span, i) => span.from !== (i === 0 ? 1 : spans[i - 1]!.to + 1));
}
