import { isDeskFault } from '../findings/desk-fault.ts';
import type { Finding } from '../findings/finding.ts';

/**
 * Where a fault of the program kept a file from being read, nothing that follows from its absence sends the packet back:
 * a person looks first. What is wrong with other files stays an error.
 */
export function weighDeskFault(findings: Finding[]): Finding[] {
  if (!findings.some(isDeskFault)) return findings;
  return findings.map((finding) =>
    finding.severity !== 'error' || /^F_(?:ZIP|FILE|CSV|PDF)_/.test(finding.code)
      ? finding
      : { ...finding, severity: 'review', message: `${finding.message}${UNREAD}` },
  );
}

const UNREAD =
  '受付の不具合で読み取れなかった書類があり、そこに書かれているかもしれないため、担当者が確かめます。';
