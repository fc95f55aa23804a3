import type { FieldName, ReadDocument } from '../../documents/document.ts';
import type { Fact } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { fileEvidence, knownFact } from '../make-fact.ts';
import { isPlan, type Readings } from '../readings.ts';
import type { FactSources } from './fact-sources.ts';
import { plansIn } from './read-plan.ts';

/** Fields of the plan that must be filled and are not. Without a plan nothing is blank. */
export function readPlanBlanks({ readings, documents }: Pick<FactSources, 'readings' | 'documents'>): Found {
  const plans = plansIn(documents);
  if (plans.length === 0) return found([]);
  return found([...blankFields(readings, documents), blankDomains(readings, plans)]);
}

/** Only data shows for certain that a field is empty; on paper it may be written by hand. */
function blankFields(readings: Readings, documents: ReadDocument[]): Fact[] {
  const tables = documents.filter((d) => d.title === 'UPYOBO_SUB' && d.outcome === 'used');
  if (tables.length === 0) return [];
  const isBlank = (field: FieldName): boolean => readings.of(field, (d) => tables.includes(d)).length === 0;
  const names = [...(isBlank('goal') ? ['目標'] : []), ...(isBlank('plan_period') ? ['期間'] : [])];
  const evidence = fileEvidence(tables[0]!);
  return [
    knownFact('flags.plan_blank_fields', names, '支援計画の記載', evidence),
    knownFact('flags.goal_period_blank', isBlank('plan_period'), '支援計画の期間の記載', evidence),
  ];
}

const DOMAINS: FieldName[] = [
  'assessment_domain_1',
  'assessment_domain_2',
  'assessment_domain_3',
  'assessment_domain_4',
];

/** アセスメントの４領域. A plan on paper of which no domain was read may be written by hand. */
function blankDomains(readings: Readings, plans: ReadDocument[]): Fact | undefined {
  const filled = DOMAINS.filter((domain) => readings.of(domain, isPlan).length > 0);
  const readable = plans.find((d) => d.read_by === 'csv' || filled.length > 0);
  if (!readable) return undefined;
  const isBlank = filled.length < DOMAINS.length;
  return knownFact('flags.assessment_blank', isBlank, '計画書の４領域の記載', fileEvidence(readable));
}
