import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { FactSources } from './fact-sources.ts';

/** The parties of each contract, contract by contract. */
export function readContracts({ documents }: Pick<FactSources, 'documents'>): Found {
  const contracts = documents
    .map((d) => d.readings.filter((r) => r.field === 'contract_party'))
    .filter((parties) => parties.length > 0);
  return found([
    readFact(
      'contracts',
      contracts.flat(),
      contracts.map((parties) => [...new Set(parties.map((r) => String(r.value)))]),
    ),
  ]);
}
