import type { ReadDocument } from '../../documents/document.ts';
import type { FactSheet } from '../fact.ts';
import { putDerived, putRead, type Readings } from '../readings.ts';

export function readNotificationFacts(facts: FactSheet, readings: Readings, documents: ReadDocument[]): void {
  const isNotification = (d: ReadDocument): boolean =>
    d.kind !== null && ['kaigo_yobo_todoke', 'sogo_jigyo_todoke', 'kyotaku_todoke'].includes(d.kind);
  const forms = documents.filter((d) => isNotification(d) && d.outcome === 'used');
  if (forms.length === 0) return;
  putDerived(facts, 'notification', true, 'known', '届出書が届いている', [
    {
      source: 'document',
      where: { file: forms[0]!.file, page: forms[0]!.pages?.from },
      raw: forms[0]!.title ?? '',
    },
  ]);
  for (const [member, field] of [
    ['form', 'notification_form'],
    ['kind', 'notification_kind'],
    ['to', 'notification_to'],
    ['responsible', 'notification_responsible'],
    ['entrusted', 'notification_entrusted'],
    ['signed', 'notification_signed'],
    ['date', 'notification_date'],
    ['office_name_and_number_filled', 'notification_office_filled'],
  ] as const) {
    // A form is addressed to the mayor wherever it is handed in, so 市長 does not say where it went.
    const found = readings.of(field, isNotification).filter((r) => !(member === 'to' && r.value === 'city'));
    putRead(facts, `notification.${member}`, found);
  }
  const attached = readings.of('notification_attachment', isNotification);
  if (attached.length > 0)
    putRead(facts, 'notification.attachments', attached, [
      ...new Set(attached.map((r) => r.value as string)),
    ]);
}
