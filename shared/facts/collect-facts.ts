import { addMonths } from '../calendar/days.ts';
import type { Papers } from '../cover-sheet/papers.ts';
import type { Finding } from '../findings/finding.ts';

import { documentsOverCover } from './collect/documents-over-cover.ts';
import type { FactSources, KnownFacts } from './collect/fact-sources.ts';
import { mergeDocuments } from './collect/merge-documents.ts';
import { readCertification } from './collect/read-certification.ts';
import { readConsents } from './collect/read-consents.ts';
import { readContracts } from './collect/read-contracts.ts';
import { readDates } from './collect/read-dates.ts';
import { readEvent } from './collect/read-event.ts';
import { readInsurerCity } from './collect/read-insurer-city.ts';
import { readMonitoring } from './collect/read-monitoring.ts';
import { readNotification } from './collect/read-notification.ts';
import { readPlan } from './collect/read-plan.ts';
import { readPlanBlanks } from './collect/read-plan-blanks.ts';
import { readPrevious } from './collect/read-previous.ts';
import { readProgressNotes } from './collect/read-progress-notes.ts';
import { readRecords } from './collect/read-records.ts';
import { readRegistry } from './collect/read-registry.ts';
import { readRoute } from './collect/read-route.ts';
import { readServices } from './collect/read-services.ts';
import type { FactSheet } from './fact.ts';
import { type Found, found } from './found.ts';
import { factsFromGiven } from './given.ts';
import type { CityContext } from './identify/find-city.ts';
import { type Identity, identify, type Person, personOf } from './identify.ts';
import { Readings } from './readings.ts';

/** Steps that read documents. None needs another, and no two give the same fact. */
const DOCUMENT_STEPS: ((sources: FactSources) => Found)[] = [
  readMonth,
  readCertification,
  readServices,
  readPlan,
  readPlanBlanks,
  readNotification,
  readProgressNotes,
  readRecords,
  readContracts,
  readMonitoring,
  readDates,
];

/**
 * Steps that follow, in this order; each sees the facts before it.
 * replaces: its facts win over earlier ones. fills: they count only where no other fact exists.
 */
const LATER_STEPS: [(sources: FactSources & KnownFacts) => Found, 'replaces' | 'fills'][] = [
  [mergeDocuments, 'replaces'],
  [readConsents, 'fills'],
  [readRoute, 'replaces'],
  [readEvent, 'fills'],
  [readInsurerCity, 'fills'],
  [readRegistry, 'replaces'],
  [readPrevious, 'replaces'],
];

/** What is known beside the papers. */
export interface FactContext extends CityContext {
  /** ISO date: the day of the decision */
  today: string;
  /** ISO date: the day of receipt; absent in a dry run */
  received?: string | undefined;
  /** the case of the same person in the month before, from the records */
  previousCase?: ((person: Person, month: string) => Promise<{ category: string } | null>) | undefined;
}

/** The person of the papers, and everything they, the registry and the records show. */
export interface Collected {
  identity: Identity;
  facts: FactSheet;
  findings: Finding[];
}

/**
 * The facts of one person's month: documents over the cover, then the registry over both, then the records.
 * A document that differs from the cover is a finding.
 */
export async function collectFacts(papers: Papers, context: FactContext): Promise<Collected> {
  const { identity, findings } = identify(papers, context);
  const previous = await findPrevious(identity, context);
  const collected = runSteps({ ...sourcesOf(papers, identity), ...context, previous });
  return { identity, facts: collected.facts, findings: [...findings, ...collected.findings] };
}

async function findPrevious(identity: Identity, context: FactContext): Promise<{ category: string } | null> {
  const person = personOf(identity);
  const month = identity.month.value;
  if (!person || !month || !context.previousCase) return null;
  return context.previousCase(person, addMonths(month, -1));
}

const sourcesOf = ({ documents, cover }: Papers, identity: Identity) => ({
  documents,
  readings: new Readings(documents),
  cover: factsFromGiven(cover.given, 'cover'),
  identity,
});

function runSteps(sources: FactSources): { facts: FactSheet; findings: Finding[] } {
  const shown = DOCUMENT_STEPS.map((step) => step(sources));
  const merged = documentsOverCover(
    sources.cover,
    shown.flatMap((result) => result.facts),
  );
  const facts: FactSheet = new Map(sources.cover);
  for (const fact of merged.facts) facts.set(fact.path, fact);
  const findings = [...shown.flatMap((result) => result.findings), ...merged.findings];
  for (const [step, precedence] of LATER_STEPS) {
    const result = step({ ...sources, facts });
    for (const fact of result.facts)
      if (precedence === 'replaces' || !facts.has(fact.path)) facts.set(fact.path, fact);
    findings.push(...result.findings);
  }
  return { facts, findings };
}

/** The month was found with the person; its findings are there. */
function readMonth({ identity }: Pick<FactSources, 'identity'>): Found {
  return found([identity.month.shown ?? undefined]);
}
