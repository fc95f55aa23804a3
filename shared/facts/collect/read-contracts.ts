import type { FieldName, ReadDocument, Reading } from '../../documents/document.ts';
import type { ContractPaper } from '../../vocabulary/contract-paper.ts';
import { contractTerm } from '../derive/contract-term.ts';
import type { Fact } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { FactSources } from './fact-sources.ts';

/** Each contract: its parties, term and signature, and the term that counts. */
export function readContracts({ documents }: Pick<FactSources, 'documents'>): Found {
  const used = documents.filter(({ outcome }) => outcome === 'used');
  const papers = used.filter((d) => readingsOf(d, 'contract_party').length > 0);
  const parties = papers.flatMap((paper) => readingsOf(paper, 'contract_party'));
  const contracts = papers.map(toContract);
  const term = (end: 'from' | 'to'): Fact | undefined => {
    // A paper whose parties were not read is a contract all the same.
    const from = papers.length > 0 ? papers : used;
    const days = from.flatMap((paper) => readingsOf(paper, TERM[end]));
    const day = contractTerm(papers.length > 0 ? contracts : used.map(toContract), end);
    return day ? readFact(`dates.${TERM[end]}`, days, day) : undefined;
  };
  return found([
    readFact(
      'contracts',
      parties,
      contracts.map((contract) => contract.parties),
    ),
    readFact('contract_papers', parties, contracts),
    term('from'),
    term('to'),
  ]);
}

const TERM = { from: 'contract_from', to: 'contract_to' } as const;

const readingsOf = ({ readings }: ReadDocument, field: FieldName): Reading[] =>
  readings.filter((r) => r.field === field);

function toContract(paper: ReadDocument): ContractPaper {
  const first = <T>(field: FieldName) => readingsOf(paper, field)[0]?.value as T | undefined;
  const [from, to, date] = [TERM.from, TERM.to, 'contract_date' as const].map((field) =>
    first<string>(field),
  );
  const signed = first<boolean>('signed');
  return {
    parties: [...new Set(readingsOf(paper, 'contract_party').map((r) => String(r.value)))],
    ...(from && { from }),
    ...(to && { to }),
    ...(date && { date }),
    ...(signed !== undefined && { signed }),
  };
}
