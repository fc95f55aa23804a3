import type { FieldName, ReadDocument } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { bodyNames } from '../../profiles/bodies.ts';
import { ownValue } from '../../text/own-value.ts';
import type { FiledNotification } from '../../vocabulary/filed-notification.ts';
import { type Found, found } from '../found.ts';
import { knownFact, pageEvidence, readFact } from '../make-fact.ts';
import { type DocumentFilter, Readings } from '../readings.ts';
import type { FactSources } from './fact-sources.ts';

const MEMBERS: [member: keyof FiledNotification, field: FieldName][] = [
  ['form', 'notification_form'],
  ['kind', 'notification_kind'],
  ['to', 'notification_to'],
  ['responsible', 'notification_responsible'],
  ['entrusted', 'notification_entrusted'],
  ['signed', 'notification_signed'],
  ['date', 'notification_date'],
  ['effective_from', 'notification_effective'],
  ['office_name_and_number_filled', 'notification_office_filled'],
];
const NOTIFICATIONS = ['kaigo_yobo_todoke', 'sogo_jigyo_todoke', 'kyotaku_todoke'];

/**
 * 届出書: that it arrived, and what is written on it. Papers with another 担当事業所 are 届出 of their own: all are listed,
 * and the latest one gives the facts of the month's 届出.
 */
export function readNotification({
  readings,
  documents,
}: Pick<FactSources, 'readings' | 'documents'>): Found {
  const forms = documents.filter((d) => isNotification(d) && d.outcome === 'used');
  if (forms.length === 0) return found([]);
  const groups = byResponsible(forms);
  const [latest] = groups;
  const ofLatest: DocumentFilter = (d) => latest!.includes(d);
  const counted = groups.length > 1 ? ofLatest : isNotification;
  // A form is addressed to the mayor wherever it is handed in: 市長 does not show where it went.
  const members = MEMBERS.map(([member, field]) =>
    readFact(
      `notification.${member}`,
      readings.of(field, counted).filter((r) => !(member === 'to' && r.value === 'city')),
    ),
  );
  const attached = readings.of('notification_attachment', isNotification);
  const [form] = latest!;
  return found(
    [
      knownFact('notification', true, '届出書が届いている', pageEvidence(form!, form!.title)),
      ...members,
      readFact('notification.attachments', attached, [...new Set(attached.map((r) => String(r.value)))]),
      groups.length > 1
        ? knownFact(
            'notifications',
            groups.map(toFiled),
            '担当事業所の違う届出書が届いている',
            groups.flatMap(([first]) => pageEvidence(first!, first!.title)),
          )
        : undefined,
    ],
    groups.length > 1 ? [severalFinding(groups)] : [],
  );
}

const isNotification: DocumentFilter = ({ kind }) => kind !== null && NOTIFICATIONS.includes(kind);

/** The papers of each 届出, the latest first. Where one names no 担当事業所, all are taken for one 届出. */
function byResponsible(forms: ReadDocument[]): ReadDocument[][] {
  const groups = Map.groupBy(forms, (form) => toFiled([form]).responsible ?? null);
  if (groups.has(null) || groups.size === 1) return [forms];
  return [...groups.values()].sort((a, b) => ageOf(b).localeCompare(ageOf(a)));
}

/** The day it is effective from, else filed on; of two on one day, the office's own counts as the later. */
function ageOf(forms: ReadDocument[]): string {
  const { effective_from, date, responsible } = toFiled(forms);
  return `${effective_from ?? date ?? ''} ${responsible === 'kyotaku_office' ? 1 : 0} ${responsible}`;
}

function toFiled(forms: ReadDocument[]): FiledNotification {
  const readings = new Readings(forms);
  const values = MEMBERS.flatMap(([member, field]) => {
    const [first] = readings.of(field);
    return first && !(member === 'to' && first.value === 'city') ? [[member, first.value]] : [];
  });
  const attachments = [...new Set(readings.of('notification_attachment').map((r) => String(r.value)))];
  return { ...Object.fromEntries(values), ...(attachments.length > 0 && { attachments }) };
}

function severalFinding(groups: ReadDocument[][]): Finding {
  const names = bodyNames();
  const papers = groups.map((group) => {
    const { responsible, effective_from, date } = toFiled(group);
    const day = effective_from ? `、適用日 ${effective_from}` : date ? `、届出日 ${date}` : '';
    return `${group[0]!.file}（担当 ${ownValue(names, responsible ?? '') ?? responsible}${day}）`;
  });
  return fileFinding(
    'F_FACT_CONFLICT',
    'info',
    { file: groups[0]![0]!.file },
    `担当事業所の違う届出書が届いています：${papers.join('、')}。それぞれ別の届出として確かめました。`,
    'すべてこの月の届出であれば、対応は不要です。ほかの月の届出が混ざっていれば、除いて出し直してください。',
  );
}
