import type { Finding } from '../findings/finding.ts';
import { groupFindings } from '../findings/group-findings.ts';
import { outcomeOf } from './outcome.ts';
import type { Explanation, PacketVerdict } from './verdict.ts';

/**
 * The verdict as the office reads it that sent the papers: without what the records hold about other offices. It must not
 * learn who else serves a person, nor by guessing numbers that a person is served. So it is sent to the 包括 only where
 * its papers are otherwise in order; all others get the same answer as if no other office had sent anything.
 */
export function officeView(verdict: PacketVerdict): PacketVerdict {
  const open = verdict.findings.filter(({ for_office }) => !for_office);
  const isInOrder = outcomeOf(open) === 'accept';
  const asked = isInOrder ? verdict.findings.flatMap(inWordsForOffice) : [];
  return {
    ...verdict,
    findings: asked.length > 0 ? groupFindings([...open, ...asked]) : open,
    explanation: withoutOthers(verdict.explanation),
  };
}

function inWordsForOffice({ for_office, ...finding }: Finding): Finding[] {
  return for_office ? [{ ...finding, ...for_office }] : [];
}

/** Whether the records give the fact, about other offices. */
export const isAboutOthers = (path: string): boolean => path === 'other_senders' || path === 'rival_offices';

const withoutOthers = ({ facts, rules, would_change, ...rest }: Explanation): Explanation => ({
  ...rest,
  facts: facts.filter(({ path }) => !isAboutOthers(path)),
  rules: rules.filter(({ used, needs }) => ![...used, ...needs].some(isAboutOthers)),
  would_change: would_change.filter(({ fact }) => !isAboutOthers(fact)),
});
