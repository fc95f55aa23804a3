import type { ReadDocument } from '../documents/document.ts';
import type { Identity } from '../facts/identify.ts';
import { isDeskFault } from '../findings/desk-fault.ts';
import type { Finding } from '../findings/finding.ts';
import type { FindingCode } from '../findings/finding-codes.ts';

/** What is missing from the packet as a whole, and may be in a file that could not be read. */
const MISSING: FindingCode[] = ['F_PACKET_NO_PERSON', 'F_PACKET_UNKNOWN_INSURER', 'F_PACKET_NO_MONTH'];
const AREA: FindingCode = 'F_PACKET_AREA';
const EMPTY: FindingCode = 'F_PACKET_EMPTY';

/**
 * One cause is one finding: what only follows from a file that could not be read, or from a city that is not known, is
 * left out. The cause stays, so that the packet comes back as before; the rest is judged when it is sent again.
 */
export function dropConsequences(
  findings: Finding[],
  documents: Pick<ReadDocument, 'outcome' | 'findings'>[],
  { city }: Pick<Identity, 'city'>,
): Finding[] {
  const isNothingRead = !documents.some(({ outcome }) => outcome === 'used');
  const isUnread = documents.some(isUnreadWithCause);
  const dropped = new Set<FindingCode>([
    ...(isNothingRead || isUnread ? MISSING : []),
    ...(isNothingRead && isUnread ? [EMPTY] : []),
    ...(isNothingRead || !city ? [AREA] : []),
  ]);
  // What names a file was read from it and is not missing.
  return findings.filter(
    ({ code, where }) => !dropped.has(code) || (code !== AREA && where.file !== undefined),
  );
}

const UNREAD: ReadDocument['outcome'][] = ['unreadable', 'quarantined'];

/** The office has to send the file again: an error, and not a fault of the desk. */
const isUnreadWithCause = ({ outcome, findings }: Pick<ReadDocument, 'outcome' | 'findings'>): boolean =>
  UNREAD.includes(outcome) && findings.some((f) => f.severity === 'error' && !isDeskFault(f));
