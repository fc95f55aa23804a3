import type { PapersNamed } from '../access/rights.ts';
import type { Papers } from '../cover-sheet/papers.ts';
import type { Finding } from '../findings/finding.ts';
import { cityOfInsurer } from '../profiles/cities.ts';
import type { RecordedMonth } from '../vocabulary/history.ts';
import { documentsOverCover } from './collect/documents-over-cover.ts';
import type { FactSources, KnownFacts } from './collect/fact-sources.ts';
import { mergeDocuments } from './collect/merge-documents.ts';
import { readAfterCertification } from './collect/read-after-certification.ts';
import { readBeforeCertification } from './collect/read-before-certification.ts';
import { readCertification } from './collect/read-certification.ts';
import { readConsents } from './collect/read-consents.ts';
import { readContracts } from './collect/read-contracts.ts';
import { readDates } from './collect/read-dates.ts';
import { readEnding } from './collect/read-ending.ts';
import { readEvent } from './collect/read-event.ts';
import { monthsAround, readHistory } from './collect/read-history.ts';
import { readInsurerCity } from './collect/read-insurer-city.ts';
import { readMonitoring } from './collect/read-monitoring.ts';
import { readNotification } from './collect/read-notification.ts';
import { readPlan } from './collect/read-plan.ts';
import { readPlanBlanks } from './collect/read-plan-blanks.ts';
import { readPlanningOffices } from './collect/read-planning-offices.ts';
import { readProgressNotes } from './collect/read-progress-notes.ts';
import { readRecords } from './collect/read-records.ts';
import { readRegistry } from './collect/read-registry.ts';
import { readRoute } from './collect/read-route.ts';
import { readServiceKinds } from './collect/read-service-kinds.ts';
import { readServices } from './collect/read-services.ts';
import { compareSources } from './compare/compare-sources.ts';
import { type Comparable, documentReadings } from './compare/document-readings.ts';
import type { Fact, FactSheet } from './fact.ts';
import { type Found, found } from './found.ts';
import { factsFromGiven } from './given.ts';
import type { CityContext } from './identify/find-city.ts';
import { splitMoved } from './identify/split-moved.ts';
import { type Identity, identify, type Person, personOf } from './identify.ts';
import { Readings } from './readings.ts';

/** Steps that read documents. None needs another, and no two give the same fact. */
const DOCUMENT_STEPS: ((sources: FactSources) => Found)[] = [
  readMonth,
  readCertification,
  readServices,
  readServiceKinds,
  readBeforeCertification,
  readAfterCertification,
  readPlanningOffices,
  readPlan,
  readPlanBlanks,
  readNotification,
  readProgressNotes,
  readEnding,
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
  [readHistory, 'replaces'],
];

/** What is known beside the papers. */
export interface FactContext extends CityContext {
  /** ISO date: the day of the decision */
  today: string;
  /** ISO date: the day of receipt; absent in a dry run */
  received?: string | undefined;
  /**
   * The months asked for of the same person, from the records that may be used for these papers. Those without a case are
   * left out.
   */
  historyOf?:
    | ((person: Person, months: string[], papers: PapersNamed) => Promise<RecordedMonth[]>)
    | undefined;
}

/** The person of the papers, and everything they, the registry and the records show. */
export interface Collected {
  identity: Identity;
  facts: FactSheet;
  findings: Finding[];
  /** months after that of the papers which the records have already */
  later: RecordedMonth[];
}

/**
 * The facts of one person's month: documents over the cover, then the registry over both, then the records.
 * Sources that disagree are a finding, whichever of them counts.
 */
export async function collectFacts(whole: Papers, context: FactContext): Promise<Collected> {
  const { papers, findings: ofOther } = splitMoved(whole, context);
  const { identity, findings, shown } = identify(papers, context);
  const months = await findMonths(identity, context);
  const isLater = ({ month }: RecordedMonth): boolean => month > (identity.month.value ?? month);
  const recorded = months.filter((one) => !isLater(one));
  const sources = { ...sourcesOf(papers, identity), ...context, recorded };
  const { facts, candidates, compared, findings: ofSteps } = runSteps(sources);
  const shownByField = [...documentReadings(sources.readings), ...shown, ...compared].map((each) =>
    withoutResidence(each, identity),
  );
  const conflicts = compareSources(shownByField, [...candidates, ...identityOnCover(papers)], facts);
  return {
    identity,
    facts,
    findings: [...ofOther, ...findings, ...ofSteps, ...conflicts],
    later: months.filter(isLater),
  };
}

/** 総合事業 of a person under 住所地特例 is insured by the city of the facility: its number contradicts no other. */
function withoutResidence(comparable: Comparable, { residence }: Identity): Comparable {
  if (!residence || comparable.path !== 'insurer_number') return comparable;
  const isOther = ({ value }: { value: unknown }): boolean => cityOfInsurer(String(value)) !== residence;
  return { ...comparable, readings: comparable.readings.filter(isOther) };
}

/** What the cover says of the person beside its facts. */
const identityOnCover = ({ cover: { cover } }: Papers): Fact[] => {
  const { insurer_number, birth_date, sex, address } = cover;
  return [...factsFromGiven({ insurer_number, birth_date, sex, address }, 'cover').values()];
};

async function findMonths(identity: Identity, context: FactContext): Promise<RecordedMonth[]> {
  const person = personOf(identity);
  const month = identity.month.value;
  if (!person || !month || !context.historyOf) return [];
  return context.historyOf(person, monthsAround(month), identity);
}

const sourcesOf = ({ documents, cover }: Papers, identity: Identity) => ({
  documents,
  readings: new Readings(documents),
  cover: factsFromGiven(cover.given, 'cover'),
  identity,
});

interface Collection {
  facts: FactSheet;
  /** what every step found, chosen or not */
  candidates: Fact[];
  /** readings that must agree */
  compared: Comparable[];
  findings: Finding[];
}

function runSteps(sources: FactSources): Collection {
  const steps = DOCUMENT_STEPS.map((step) => step(sources));
  const shown = steps.flatMap((result) => result.facts);
  const facts: FactSheet = new Map(sources.cover);
  for (const fact of documentsOverCover(sources.cover, shown)) facts.set(fact.path, fact);
  const candidates = [...shown, ...sources.cover.values()];
  const findings = steps.flatMap((result) => result.findings);
  for (const [step, precedence] of LATER_STEPS) {
    const result = step({ ...sources, facts });
    for (const fact of result.facts)
      if (precedence === 'replaces' || !facts.has(fact.path)) facts.set(fact.path, fact);
    candidates.push(...result.facts, ...(result.others ?? []));
    findings.push(...result.findings);
  }
  const compared = steps.flatMap((result) => result.compared ?? []);
  return { facts, candidates, compared, findings };
}

/** The month was found with the person; its findings are there. */
function readMonth({ identity }: Pick<FactSources, 'identity'>): Found {
  return found([identity.month.shown ?? undefined]);
}
