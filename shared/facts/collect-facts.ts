import type { ReadDocument } from '../documents/document.ts';
import type { Finding } from '../findings/finding.ts';
import type { CollectContext } from './collect/collect-context.ts';
import { mergeDocuments } from './collect/merge-documents.ts';
import { overlay } from './collect/overlay.ts';
import { readCertification } from './collect/read-certification.ts';
import { readDates } from './collect/read-dates.ts';
import { readEvent } from './collect/read-event.ts';
import { readMonth } from './collect/read-month.ts';
import { readNotificationFacts } from './collect/read-notification.ts';
import { readPlan } from './collect/read-plan.ts';
import { readPrevious } from './collect/read-previous.ts';
import { readRecords } from './collect/read-records.ts';
import { readRegistry } from './collect/read-registry.ts';
import { readRoute } from './collect/read-route.ts';
import { readServices } from './collect/read-services.ts';
import type { FactSheet } from './fact.ts';
import { factsFromGiven } from './given.ts';
import { Readings } from './readings.ts';

/**
 * The facts of one packet: what the documents say, then the registry, then what the cover adds.
 * A document wins over the cover and a difference is a finding; a registry wins over what a sender says of the office.
 */
export function collectFacts(
  documents: ReadDocument[],
  context: CollectContext,
): { facts: FactSheet; findings: Finding[] } {
  const findings: Finding[] = [];
  const read: FactSheet = new Map();
  const readings = new Readings(documents.filter((d) => d.outcome === 'used'));
  const cover = factsFromGiven(context.cover.given, 'cover');

  readMonth(read, readings, cover, findings);
  readCertification(read, readings, findings);
  readServices(read, readings);
  readPlan(read, readings, documents);
  readNotificationFacts(read, readings, documents);
  readRecords(read, readings, documents);
  readDates(read, readings, cover, context);

  const facts = overlay(cover, read, findings);
  mergeDocuments(facts, documents, cover, findings);
  readRoute(facts, readings, context);
  readEvent(facts, readings);
  readRegistry(facts, context);
  readPrevious(facts, context, findings);
  return { facts, findings };
}
