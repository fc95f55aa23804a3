import { coverLabel } from '../cover-sheet/check-cover.ts';
import { factLabel, isGivenFact } from '../vocabulary/fact-labels.ts';
import { type FactShape, factShape } from '../vocabulary/fact-shapes.ts';
import { wordsOfFact } from '../vocabulary/words-of-fact.ts';
import type { PacketVerdict } from './verdict.ts';

/** What the papers of a packet leave open, and the office can state on the 送付票. */
export interface CoverQuestion {
  /** item of the 送付票: `insured_number`, `event`, `flags.use_planned` */
  item: string;
  label: string;
  shape: FactShape;
  /** that may be chosen, where the shape is `word` */
  words: { key: string; name: string }[];
}

/** Who and where: whether no paper shows it. */
const IDENTITY: Record<string, (verdict: Asked) => boolean> = {
  // A city that is known by an address alone waits for a reviewer.
  insurer_number: ({ city, findings }) =>
    city === null || findings.some(({ code }) => code === 'F_PACKET_UNKNOWN_INSURER'),
  insured_number: ({ insured_number }) => insured_number === null,
  office_number: ({ office_number }) => office_number === null,
};

/** What every packet has, though few papers say it. */
const ALWAYS = ['service_month', 'event', 'previous_category', 'provider_route'];

/** Shapes with one value: what has parts is on papers. */
const STATED: readonly FactShape[] = ['word', 'yes_no', 'date', 'month', 'number', 'text'];

type Asked = Pick<PacketVerdict, 'city' | 'insured_number' | 'office_number' | 'findings' | 'explanation'>;

/**
 * What may be stated of a packet: who it is about where no paper says it, then every item without a paper that shows it,
 * and what was stated before.
 */
export function coverQuestions(verdict: Asked): CoverQuestion[] {
  const { facts, would_change } = verdict.explanation;
  const shown = new Set(facts.filter(({ state }) => state === 'known').map(({ path }) => path));
  const stated = facts
    .filter(({ evidence }) => evidence.some(({ source }) => source === 'cover'))
    .map(({ path }) => path);
  const identity = Object.entries(IDENTITY).flatMap(([item, isOpen]) =>
    isOpen(verdict) ? [{ item, label: coverLabel(item), shape: 'text' as const, words: [] }] : [],
  );
  const paths = new Set([...ALWAYS, ...would_change.map(({ fact }) => fact), ...stated]);
  const open = [...paths].filter(
    (path) => !shown.has(path) && isGivenFact(path) && STATED.includes(factShape(path)),
  );
  return [
    ...identity,
    ...open.map((path) => ({
      item: path,
      label: factLabel(path),
      shape: factShape(path),
      words: wordsOfFact(path).map(({ key, name }) => ({ key, name })),
    })),
  ];
}
