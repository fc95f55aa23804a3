import { describe, expect, it } from 'vitest';
import { readRoute } from '../../../../shared/facts/collect/read-route.ts';
import { aDocument, readingsOf } from '../../../builders/a-document.ts';
import { aFact, anIdentity, factSheet } from '../../../builders/some-facts.ts';

const commissioned = (value: '1' | '2') =>
  readingsOf(aDocument({ kind: 'shien_keikakusho' }, [['commissioned', value]]));
const none = readingsOf();
const office = anIdentity();
const center = anIdentity({ is_center: true });
const planKind = (kind: '1' | '2') => aFact('plan_kind', kind);
const services = (kind: string) => aFact('services_actual', [{ name: '', class: kind }]);
const route = (input: Parameters<typeof readRoute>[0]) => readRoute(input).facts[0];

describe('readRoute', () => {
  it('finds none where nothing shows it', () => {
    expect(readRoute({ facts: factSheet(), readings: none, identity: office })).toEqual({
      facts: [],
      findings: [],
      others: [],
    });
  });

  it.each([
    ['2', '1', office, 'itaku'],
    ['1', '1', office, 'direct'],
    ['1', '2', office, 'center'],
    ['1', '1', center, 'center'],
  ] as const)('reads commission %s of plan kind %s', (commission, kind, identity, expected) => {
    const fact = route({ facts: factSheet(planKind(kind)), readings: commissioned(commission), identity });
    expect(fact).toMatchObject({ state: 'known', value: expected });
  });

  it('prefers the 届出 to a plan made for other services', () => {
    const facts = factSheet(
      planKind('1'),
      services('sogo'),
      aFact('notification.responsible', 'hokatsu_center'),
      aFact('notification.entrusted', 'kyotaku_office'),
    );
    expect(route({ facts, readings: commissioned('1'), identity: office })?.value).toBe('itaku');
  });

  it('reads the 届出 of a center as its own, of an office as commissioned', () => {
    const facts = factSheet(aFact('notification.responsible', 'hokatsu_center'));
    expect(route({ facts, readings: none, identity: center })?.value).toBe('center');
    expect(route({ facts, readings: none, identity: office })?.value).toBe('itaku');
    const direct = factSheet(aFact('notification.responsible', 'kyotaku_office'));
    expect(route({ facts: direct, readings: none, identity: office })?.value).toBe('direct');
  });

  it('assumes the cover where nothing else shows it', () => {
    const facts = factSheet(aFact('provider_route', 'itaku', { state: 'assumed' }));
    expect(route({ facts, readings: none, identity: office })).toMatchObject({
      state: 'assumed',
      value: 'itaku',
    });
  });

  it('prefers the cover to a plan made for other services', () => {
    const given = aFact('provider_route', 'itaku', { state: 'assumed' });
    const facts = factSheet(planKind('1'), services('sogo'), given);
    expect(route({ facts, readings: commissioned('1'), identity: office })).toMatchObject({
      state: 'known',
      value: 'itaku',
    });
  });

  it('keeps such a plan where nothing else shows it', () => {
    const facts = factSheet(planKind('1'), services('sogo'));
    expect(route({ facts, readings: commissioned('1'), identity: office })?.value).toBe('direct');
  });

  it('takes what a center sends for its own', () => {
    expect(route({ facts: factSheet(), readings: none, identity: center })?.value).toBe('center');
  });
});
