import { expect, it } from 'vitest';
import { readContracts } from '../../../../shared/facts/collect/read-contracts.ts';
import { aDocument, anOcrReading } from '../../../builders/a-document.ts';

const contract = (...parties: string[]) =>
  aDocument(
    { kind: 'keiyakusho' },
    parties.map((party) => ['contract_party', party]),
  );

it('finds no contract in other papers', () => {
  expect(readContracts({ documents: [aDocument({ kind: 'riyohyo' })] })).toEqual({ facts: [], findings: [] });
});

it('lists the parties of each contract once', () => {
  const documents = [contract('user', 'kyotaku_office', 'user'), contract('user', 'hokatsu_center')];
  expect(readContracts({ documents }).facts).toMatchObject([
    {
      path: 'contracts',
      state: 'known',
      value: [
        ['user', 'kyotaku_office'],
        ['user', 'hokatsu_center'],
      ],
    },
  ]);
});

it('assumes parties only OCR shows', () => {
  const scanned = aDocument({ kind: 'keiyakusho', readings: [anOcrReading('contract_party', 'user')] });
  expect(readContracts({ documents: [scanned] }).facts[0]?.state).toBe('assumed');
});
