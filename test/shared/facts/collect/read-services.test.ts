import { describe, expect, it } from 'vitest';
import { readServices } from '../../../../shared/facts/collect/read-services.ts';
import { aDocument, readingsOf } from '../../../builders/a-document.ts';
import { anIdentity } from '../../../builders/some-facts.ts';

const homeHelp = { name: '訪問型サービス', class: 'sogo' as const, code: 'A21111' };
const dayCare = { name: '通所型サービス', class: 'sogo' as const, code: 'A61111' };
const used = (month: string | null, ...services: (typeof homeHelp)[]) =>
  aDocument({}, [
    ...(month ? [['service_month', month] as ['service_month', string]] : []),
    ...services.map((service): ['service_actual', typeof homeHelp] => ['service_actual', service]),
  ]);
const read = (month: string | null, ...documents: Parameters<typeof readingsOf>) =>
  Object.fromEntries(
    readServices({
      readings: readingsOf(...documents),
      identity: anIdentity({}, month),
    }).facts.map((fact) => [fact.path, fact.value]),
  );

describe('readServices', () => {
  it('finds no service in no document', () => {
    expect(read('2024-05')).toEqual({});
  });

  it('counts one line a kind of service', () => {
    const again = { ...homeHelp, code: 'A21211' };
    expect(read('2024-05', used('2024-05', homeHelp, again, dayCare))).toEqual({
      services_actual: [again, dayCare],
    });
  });

  it('does not know whether a service without a count was used, unless another record of its kind tells', () => {
    const uncounted = { ...homeHelp, class: 'unknown', uncounted: true };
    const month = (...services: object[]) => read('2024-05', used('2024-05', ...(services as never[])));
    expect(month(uncounted, dayCare)).toEqual({ services_actual: [uncounted, dayCare] });
    expect(month(uncounted, homeHelp)).toEqual({ services_actual: [homeHelp] });
  });

  it('leaves services of other months to other packets', () => {
    const facts = read('2024-05', used('2024-05', homeHelp), used('2024-06', dayCare));
    expect(facts).toEqual({ services_actual: [homeHelp] });
  });

  it('counts a document that names no month, and every document while the month is open', () => {
    expect(read('2024-05', used(null, homeHelp))).toEqual({ services_actual: [homeHelp] });
    expect(read(null, used('2024-06', dayCare))).toEqual({ services_actual: [dayCare] });
  });

  it('knows a month without service only where none was used', () => {
    const none = aDocument({}, [['no_service_used', true]]);
    expect(read('2024-05', none)).toEqual({ 'flags.no_service_used': true });
    expect(read('2024-05', none, used('2024-05', homeHelp))).toEqual({ services_actual: [homeHelp] });
  });
});
