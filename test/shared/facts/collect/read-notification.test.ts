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
});
