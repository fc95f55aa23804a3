import type { ReadDocument, Reading } from '../../documents/document.ts';
import { type Found, found } from '../found.ts';
import { evidenceOf, knownFact, pageEvidence } from '../make-fact.ts';
import type { FactSources } from './fact-sources.ts';

/** 支援経過記録: its headings, and whether a change of category and a contact with the 包括 are written in it. */
export function readProgressNotes({
  readings,
  documents,
}: Pick<FactSources, 'readings' | 'documents'>): Found {
  const notes = usedOf('keika_kiroku', documents) ?? usedOf('shien_keika', documents);
  if (!notes || notes.read_by === 'none') return found([]);
  const evidence = (entries: Reading[]) => (entries.length > 0 ? evidenceOf(entries) : pageEvidence(notes));
  const headings = readings.of('keika_tag');
  const reasons = readings.of('keika_change_reason');
  const contacts = readings.of('keika_center_contact');
  return found([
    knownFact(
      'flags.keika_tags',
      [...new Set(headings.map((r) => String(r.value)))],
      '経過記録の見出し',
      evidence(headings),
    ),
    knownFact('flags.keika_contains_change_reason', reasons.length > 0, '経過記録の本文', evidence(reasons)),
    contacts.length > 0
      ? knownFact('flags.contacted_hokatsu', true, '経過記録の本文', evidenceOf(contacts))
      : undefined,
  ]);
}

const usedOf = (kind: ReadDocument['kind'], documents: ReadDocument[]): ReadDocument | undefined =>
  documents.find((d) => d.kind === kind && d.outcome === 'used');
