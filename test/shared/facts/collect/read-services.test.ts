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

  it('takes the days of a 利用票 for the 別表 beside it, where the person turned from 要介護 inside the month', () => {
    const turned = aDocument({ kind: 'hosoku_joho' }, [
      ['service_month', '2024-05'],
      ['previous_certification', '要介護1'],
      ['certification', '要支援1'],
      ['level_changed', '2024-05-16'],
    ]);
    const care = { name: '訪問看護', class: 'kaigo_kyufu' as const, code: '131111' };
    const prevention = { name: '介護予防訪問看護', class: 'yobo_kyufu' as const, code: '631111' };
    const calendar = aDocument({ kind: 'riyohyo' }, [
      ['service_month', '2024-05'],
      ['service_actual', { ...care, days: ['2024-05-02', '2024-05-09'] }],
      ['service_actual', { ...prevention, days: ['2024-05-16', '2024-05-23'] }],
    ]);
    const sheet = aDocument({ kind: 'riyohyo_beppyo' }, [
      ['service_month', '2024-05'],
      ['service_actual', care],
      ['service_actual', prevention],
    ]);
    expect(read('2024-05', turned, calendar, sheet)).toEqual({
      services_actual: [prevention],
      services_before_change: [care],
    });
  });
});
