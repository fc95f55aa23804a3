import { describe, expect, it } from 'vitest';
import { findOffice } from '../../../../shared/facts/identify/find-office.ts';
import { parseRegistry } from '../../../../shared/registry/registry.ts';
import { aDocument, readingsOf } from '../../../builders/a-document.ts';

const registry = parseRegistry(
  {
    city: 'mito',
    centers: [{ number: '0800100018', name: '見本地域包括支援センター' }],
    offices: [
      { number: '0870100013', name: '見本居宅介護支援事業所' },
      { number: '0870100021', name: '例示居宅介護支援事業所' },
    ],
  },
  'registry.yaml',
);
const planFrom = (number: string) =>
  aDocument({ kind: 'shien_keikakusho', title: 'UPYOBO' }, [['sender_number', number]]);
const named = (name: string) => readingsOf(aDocument({ kind: 'riyohyo' }, [['office_name', name]]));
const usedServicesTo = (number: string) =>
  aDocument({ kind: 'riyohyo', title: 'UPJSK' }, [['receiver_number', number]]);

describe('findOffice', () => {
  it('returns the registered sender of the plan', () => {
    const office = findOffice(readingsOf(planFrom('0870100013')), {}, registry);
    expect(office).toMatchObject({ number: '0870100013', isCenter: false, findings: [] });
    expect(office.office?.name).toBe('見本居宅介護支援事業所');
  });

  it('prefers a registered number on the cover to an unknown one on the plan', () => {
    const office = findOffice(readingsOf(planFrom('0870190014')), { office_number: '0870100021' }, registry);
    expect(office).toMatchObject({ number: '0870100021', findings: [] });
  });

  it('keeps the unknown sender when only the receiver of 実績 is registered', () => {
    const office = findOffice(readingsOf(planFrom('0870190014'), usedServicesTo('0800100018')), {}, registry);
    expect(office).toMatchObject({ number: '0870190014', office: null, isCenter: false });
    expect(office.findings).toMatchObject([{ code: 'F_PACKET_OFFICE', severity: 'review' }]);
  });

  it('falls back to the receiver of 実績 when nothing else names an office', () => {
    expect(findOffice(readingsOf(usedServicesTo('0800100018')), {}, registry)).toMatchObject({
      number: '0800100018',
      isCenter: true,
      findings: [],
    });
  });

  it('matches a field that prints its name and the care manager together', () => {
    expect(findOffice(named('見本居宅介護支援事業所　検査 次子'), {}, registry).number).toBe('0870100013');
    expect(findOffice(named('見本居宅'), {}, registry).number).toBeNull();
  });

  it('reports an office no document names', () => {
    const office = findOffice(readingsOf(), {}, registry);
    expect(office).toMatchObject({ number: null, office: null });
    expect(office.findings[0]?.message).toContain('どの書類からも読み取れません');
  });

  it('reports nothing without a registry', () => {
    expect(findOffice(readingsOf(planFrom('0870190014')), {}, null)).toEqual({
      number: '0870190014',
      office: null,
      isCenter: false,
      findings: [],
    });
  });

  it('takes a number of class 0 for a center without a registry too', () => {
    expect(findOffice(readingsOf(planFrom('0800100018')), {}, null).isCenter).toBe(true);
  });
});
