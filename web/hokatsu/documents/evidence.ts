import type { ExplainedFact, PacketVerdict } from '../../../shared/decision/verdict.ts';
import type { Where } from '../../../shared/findings/finding.ts';

/** A place in the documents, and what is written there. */
export interface Mark {
  where: Where;
  label: string;
  /** as printed; shows the place on a page without a box */
  raw?: string;
}

/** Every place a value was read from. */
export const marksOf = ({ explanation }: Pick<PacketVerdict, 'explanation'>): Mark[] =>
  explanation.facts.flatMap((fact) => placesOf(fact));

/** The places one fact was read from: documents only, not registry or cover. */
export const placesOf = ({ label, evidence }: ExplainedFact): Mark[] =>
  evidence.flatMap(({ source, where, raw }) =>
    source === 'document' && where.file !== undefined ? [{ where, label, raw }] : [],
  );

/** Whether two marks are of one value at one place. */
export const isSameMark = (a: Mark | null, b: Mark): boolean =>
  a !== null && a.label === b.label && a.raw === b.raw && JSON.stringify(a.where) === JSON.stringify(b.where);

/** The place of a finding. */
export const markOf = (where: Where): Mark => ({ where, label: '指摘の場所' });
