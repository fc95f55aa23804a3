import type { FieldName } from '../../documents/document.ts';
import { type Found, found } from '../found.ts';
import { knownFact, pageEvidence, readFact } from '../make-fact.ts';
import type { DocumentFilter } from '../readings.ts';
import type { FactSources } from './fact-sources.ts';

const MEMBERS: [member: string, field: FieldName][] = [
  ['form', 'notification_form'],
  ['kind', 'notification_kind'],
  ['to', 'notification_to'],
  ['responsible', 'notification_responsible'],
  ['entrusted', 'notification_entrusted'],
  ['signed', 'notification_signed'],
  ['date', 'notification_date'],
  ['office_name_and_number_filled', 'notification_office_filled'],
];
const NOTIFICATIONS = ['kaigo_yobo_todoke', 'sogo_jigyo_todoke', 'kyotaku_todoke'];

/** 届出書: that it arrived, and what is written on it. */
export function readNotification({
  readings,
  documents,
}: Pick<FactSources, 'readings' | 'documents'>): Found {
  const form = documents.find((d) => isNotification(d) && d.outcome === 'used');
  if (!form) return found([]);
  // A form is addressed to the mayor wherever it is handed in: 市長 does not show where it went.
  const members = MEMBERS.map(([member, field]) =>
    readFact(
      `notification.${member}`,
      readings.of(field, isNotification).filter((r) => !(member === 'to' && r.value === 'city')),
    ),
  );
  const attached = readings.of('notification_attachment', isNotification);
  return found([
    knownFact('notification', true, '届出書が届いている', pageEvidence(form, form.title)),
    ...members,
    readFact('notification.attachments', attached, [...new Set(attached.map((r) => String(r.value)))]),
  ]);
}

const isNotification: DocumentFilter = ({ kind }) => kind !== null && NOTIFICATIONS.includes(kind);
