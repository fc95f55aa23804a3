import { addMonths } from '../../calendar/days.ts';
import { contractTerm } from '../../facts/derive/contract-term.ts';
import { deriveDeclaredKind } from '../../facts/derive/declared-kind.ts';
import { previousCategoryOf } from '../../facts/derive/previous-category.ts';
import { putDerived } from '../../facts/derive/put-derived.ts';
import { deriveRivals } from '../../facts/derive/rivals.ts';
import { deriveRoute } from '../../facts/derive/route.ts';
import { type FactSheet, factValue } from '../../facts/fact.ts';
import type { Category } from '../../vocabulary/category.ts';
import type { ContractPaper } from '../../vocabulary/contract-paper.ts';
import type { HistoryMonth } from '../../vocabulary/history.ts';
import { impliedDocuments } from '../implied-documents.ts';
import type { Edition } from '../profile.ts';
import { deriveCategory } from './category.ts';
import { deriveCertificationResult } from './certification-result.ts';
import { putConfiguration } from './configuration.ts';
import { deriveEarlierNotification } from './earlier-notification.ts';
import { deriveEvent } from './event.ts';
import { deriveServices } from './services.ts';
import { deriveSwitch } from './switch.ts';

/** The facts given and those that follow from them under the rules of a city. The facts given stay as they are. */
export interface DerivedFacts {
  facts: FactSheet;
  /** document keys present, with what they imply */
  documents: Set<string>;
  /** facts the category was read from */
  categoryUsed: readonly string[];
}

export function deriveFacts(given: FactSheet, edition: Edition, profiles?: string): DerivedFacts {
  const facts: FactSheet = new Map(given);
  const documents = putDocuments(facts, profiles);
  putConfiguration(facts, edition);
  derivePrevious(facts);
  deriveContracts(facts);
  deriveRoute(facts);
  const source = deriveServices(facts, edition);
  deriveDeclaredKind(facts);
  const categoryUsed = deriveCategory(facts, edition, source);
  deriveEvent(facts, edition);
  deriveSwitch(facts, edition);
  deriveCertificationResult(facts);
  deriveEarlierNotification(facts);
  deriveRivals(facts);
  return { facts, documents, categoryUsed };
}

/** The month before and the history tell each other, where only one of them is given. */
function derivePrevious(facts: FactSheet): void {
  const month = factValue<string>(facts, 'service_month');
  if (!month) return;
  const before = facts.has('previous_category') ? undefined : previousCategoryOf(facts, month);
  if (before) facts.set('previous_category', before);
  const category = factValue<Category>(facts, 'previous_category');
  if (!category || facts.has('history')) return;
  // A new plan may be that of another office.
  const same_office = factValue(facts, 'event') === 'new' ? null : true;
  const only: HistoryMonth = { month: addMonths(month, -1), category, used: null, same_office };
  putDerived(facts, 'history', [only], { from: 'previous_category', assumed: true });
}

/** Parties and term of the contracts, where only the papers are given. */
function deriveContracts(facts: FactSheet): void {
  const papers = factValue<ContractPaper[]>(facts, 'contract_papers');
  if (!papers) return;
  const put = (path: string, value: unknown): void => {
    if (value !== undefined && !facts.has(path)) putDerived(facts, path, value, { from: 'contract_papers' });
  };
  put(
    'contracts',
    papers.map((paper) => paper.parties),
  );
  put('dates.contract_from', contractTerm(papers, 'from'));
  put('dates.contract_to', contractTerm(papers, 'to'));
}

function putDocuments(facts: FactSheet, profiles: string | undefined): Set<string> {
  const documents = impliedDocuments(facts, profiles);
  const { state = 'known', evidence = [] } = facts.get('documents') ?? {};
  facts.set('documents', { path: 'documents', state, value: [...documents], evidence });
  return documents;
}
