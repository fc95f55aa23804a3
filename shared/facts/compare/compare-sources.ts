import type { Finding } from '../../findings/finding.ts';
import { placeText } from '../../findings/place-text.ts';
import type { Fact, ReadonlyFacts } from '../fact.ts';
import { conflictFinding, newestFinding } from './conflict-finding.ts';
import type { Comparable } from './document-readings.ts';
import { factUse } from './fact-uses.ts';
import { type Sameness, sameValue } from './sameness.ts';
import { readingOf, type SourceReading } from './source-reading.ts';

/**
 * Every fact whose sources disagree, as a finding that names them all: documents with each other, with the 送付票, with
 * the registry and with the records. Which of them counts was chosen before; no choice is silent.
 * @param shown what the documents show, fact by fact
 * @param candidates what each step of collecting found, the facts not chosen among them
 * @param facts the facts that count
 */
export function compareSources(shown: Comparable[], candidates: Fact[], facts: ReadonlyFacts): Finding[] {
  const stated = statedByPath(shown, candidates);
  const compared = [
    ...shown.flatMap((comparable) => amongDocuments(comparable, stated.get(comparable.path) ?? [], facts)),
    ...[...stated]
      .filter(([path]) => !shown.some((each) => each.path === path && !each.isNewest))
      .flatMap(([path, readings]) => conflictOf(path, readings, sameOf(path), facts)),
  ];
  const open = candidates.filter((fact) => fact.state === 'conflicting' && !isReported(fact, compared));
  return [...compared, ...open.map((fact) => openFinding(fact, facts))].map(({ finding }) => finding);
}

interface Conflict {
  path: string;
  finding: Finding;
}

const isReported = ({ path }: Fact, conflicts: Conflict[]): boolean =>
  conflicts.some((each) => each.path === path);

/** A step chose no value, whatever the comparison of the readings says. */
function openFinding({ path, evidence }: Fact, facts: ReadonlyFacts): Conflict {
  const readings = evidence.map(({ source, where, raw }) => ({
    source,
    where,
    value: raw,
    place: placeText(where),
  }));
  return { path, finding: conflictFinding(path, sidesOf(readings, sameValue), facts.get(path)) };
}

/** By path what steps, cover, registry and records state; readings of documents are compared one by one instead. */
function statedByPath(shown: Comparable[], candidates: Fact[]): Map<string, SourceReading[]> {
  const read = new Set(shown.filter((each) => !each.isNewest).map(({ path }) => path));
  const stated = new Map<string, SourceReading[]>();
  for (const fact of candidates) {
    const reading = readingOf(fact);
    if (!reading || (reading.source === 'document' && read.has(fact.path))) continue;
    stated.set(fact.path, [...(stated.get(fact.path) ?? []), reading]);
  }
  return stated;
}

function amongDocuments(
  { path, readings, same, isNewest }: Comparable,
  stated: SourceReading[],
  facts: ReadonlyFacts,
): Conflict[] {
  if (!isNewest) return conflictOf(path, [...readings, ...stated], same, facts);
  const sides = sidesOf(readings, same);
  return sides.length > 1 ? [{ path, finding: newestFinding(path, sides) }] : [];
}

function conflictOf(
  path: string,
  readings: SourceReading[],
  same: Sameness,
  facts: ReadonlyFacts,
): Conflict[] {
  const use = factUse(path);
  if (!use || use.exempt) return [];
  const sides = sidesOf(readings, same);
  return sides.length > 1 ? [{ path, finding: conflictFinding(path, sides, facts.get(path)) }] : [];
}

const sameOf = (path: string): Sameness => factUse(path)?.same ?? sameValue;

/** The first reading of each value, in order. */
function sidesOf(readings: SourceReading[], same: Sameness): SourceReading[] {
  const sides: SourceReading[] = [];
  for (const reading of readings) if (!sides.some((side) => same(side, reading))) sides.push(reading);
  return sides;
}
