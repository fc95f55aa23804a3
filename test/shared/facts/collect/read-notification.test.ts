import { describe, expect, it } from 'vitest';
import type { ReadDocument } from '../../../../shared/documents/document.ts';
import { readNotification } from '../../../../shared/facts/collect/read-notification.ts';
import { aDocument, anOcrReading, readingsOf } from '../../../builders/a-document.ts';

const form = (fields: Parameters<typeof aDocument>[1], over: Partial<ReadDocument> = {}) =>
  aDocument({ kind: 'kaigo_yobo_todoke', title: '届出書', ...over }, fields);
const read = (...documents: ReadDocument[]) =>
  new Map(readNotification({ documents, readings: readingsOf(...documents) }).facts.map((f) => [f.path, f]));

describe('readNotification', () => {
  it('finds nothing without a form, nor on a duplicate', () => {
    expect(read(aDocument({ kind: 'riyohyo' }, [['notification_kind', '新規']])).size).toBe(0);
    expect(read(form([['notification_kind', '新規']], { outcome: 'duplicate' })).size).toBe(0);
  });

  it('knows that a form arrived and what is on it', () => {
    const facts = read(
      form([
        ['notification_kind', '変更'],
        ['notification_signed', true],
      ]),
    );
    expect(facts.get('notification')).toMatchObject({ state: 'known', value: true });
    expect(facts.get('notification.kind')?.value).toBe('変更');
    expect(facts.get('notification.signed')?.value).toBe(true);
  });

  it('does not take the mayor it is addressed to for where it went', () => {
    expect(read(form([['notification_to', 'city']])).has('notification.to')).toBe(false);
    expect(read(form([['notification_to', 'hokatsu_center']])).get('notification.to')?.value).toBe(
      'hokatsu_center',
    );
  });

  it('leaves two kinds open', () => {
    const facts = read(form([['notification_kind', '新規']]), form([['notification_kind', '変更']]));
    expect(facts.get('notification.kind')).toMatchObject({ state: 'conflicting', value: null });
  });

  it('assumes what only OCR shows', () => {
    const scanned = form([], { readings: [anOcrReading('notification_kind', '新規')] });
    expect(read(scanned).get('notification.kind')?.state).toBe('assumed');
  });

  it('lists every attachment once', () => {
    const facts = read(
      form([
        ['notification_attachment', 'hihokenshasho'],
        ['notification_attachment', 'hihokenshasho'],
      ]),
    );
    expect(facts.get('notification.attachments')?.value).toEqual(['hihokenshasho']);
  });

  describe('with two forms of another 担当事業所', () => {
    const office = form(
      [
        ['notification_responsible', 'kyotaku_office'],
        ['notification_to', 'hokatsu_center'],
        ['notification_effective', '2024-06-01'],
      ],
      { file: 'office.pdf' },
    );
    const center = (day: string) =>
      form(
        [
          ['notification_responsible', 'hokatsu_center'],
          ['notification_entrusted', 'kyotaku_office'],
          ['notification_effective', day],
        ],
        { file: 'center.pdf' },
      );

    it('lists both, the latest first, in either order', () => {
      const both = [
        { responsible: 'kyotaku_office', to: 'hokatsu_center', effective_from: '2024-06-01' },
        { responsible: 'hokatsu_center', entrusted: 'kyotaku_office', effective_from: '2024-05-01' },
      ];
      const may = center('2024-05-01');
      expect(read(office, may).get('notifications')?.value).toEqual(both);
      expect(read(may, office).get('notifications')?.value).toEqual(both);
    });

    it('takes the latest for the 届出 of the month, and the own one of two on one day', () => {
      const responsible = (day: string) => read(center(day), office).get('notification.responsible');
      expect(responsible('2024-05-01')).toMatchObject({ state: 'known', value: 'kyotaku_office' });
      expect(responsible('2024-07-01')?.value).toBe('hokatsu_center');
      expect(responsible('2024-06-01')?.value).toBe('kyotaku_office');
    });

    it('tells that both were judged, with their files and days', () => {
      const documents = [office, center('2024-05-01')];
      const { findings } = readNotification({ documents, readings: readingsOf(...documents) });
      expect(findings).toMatchObject([{ code: 'F_FACT_CONFLICT', severity: 'info' }]);
      expect(findings[0]?.message).toContain('center.pdf（担当 地域包括支援センター、適用日 2024-05-01）');
    });

    it('is one 届出 as long as one of them names no 担当事業所', () => {
      const facts = read(office, form([['notification_kind', '変更']]));
      expect(facts.has('notifications')).toBe(false);
      expect(facts.get('notification.kind')?.value).toBe('変更');
    });
  });
});
