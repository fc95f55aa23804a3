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
  expect(readContracts({ documents }).facts.slice(0, 1)).toMatchObject([
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

it('lists each contract with term and signature, and takes the term of the widest', () => {
  const paper = (parties: string[], to: string, signed: boolean) =>
    aDocument({ kind: 'keiyakusho' }, [
      ...parties.map((party) => ['contract_party', party] as ['contract_party', string]),
      ['contract_from', '2024-04-01'],
      ['contract_to', to],
      ['signed', signed],
    ]);
  const three = paper(['riyosha', 'kyotaku_office', 'hokatsu_center'], '2024-05-31', true);
  const two = paper(['riyosha', 'kyotaku_office'], '2026-03-31', false);
  const facts = new Map(readContracts({ documents: [two, three] }).facts.map((f) => [f.path, f.value]));
  expect(facts.get('contract_papers')).toMatchObject([
    { parties: ['riyosha', 'kyotaku_office'], to: '2026-03-31', signed: false },
    { from: '2024-04-01', to: '2024-05-31', signed: true },
  ]);
  expect(facts.get('dates.contract_to')).toBe('2024-05-31');
});

it('reads the term of a contract whose parties were not read', () => {
  const paper = aDocument({ kind: 'keiyakusho' }, [['contract_to', '2025-03-31']]);
  expect(readContracts({ documents: [paper] }).facts).toMatchObject([
    { path: 'dates.contract_to', value: '2025-03-31' },
  ]);
});
