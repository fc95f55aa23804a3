import { findDates, parsePeriod } from '../../calendar/wareki.ts';
import { partyIn } from '../../profiles/bodies.ts';
import type { Reading } from '../document.ts';
import { dateReading, type FormReader, inLine, nameReading, reading } from './fields/readings.ts';
import { signatureReadings } from './fields/signature.ts';
import { labelsOf } from './form-catalogue.ts';
import { plainText } from './text/compact-line.ts';
import { labelIndex, withoutPlaces } from './text/find-labels.ts';
import type { FormText } from './text/form-text.ts';
import { valuesOf } from './text/value-beside.ts';

/** 契約書: its parties, its day, its period, and whether the user signed. */
export const keiyakushoReader: FormReader = (form, title) => [
  ...partyReadings(form, plainText(title)),
  ...contractDate(form),
  ...contractPeriod(form),
  ...nameReading(form, 'name', '利用者氏名', '利用者', '甲', '氏名').slice(0, 1),
  ...signatureReadings(form, { signed: 'signed' }, [
    '利用者氏名',
    '利用者署名',
    '利用者',
    '甲',
    '氏名',
    '署名',
  ]),
];

/**
 * Parties are named in two places: the opening sentence (「○○（以下「甲」という。）」) and the signatures at the end.
 * A body that only an article mentions is no party.
 */
function partyReadings(form: FormText, title: string): Reading[] {
  const found = new Map<string, Reading>();
  const add = (party: string | null, place: { page: number; text: string }): void => {
    if (party && !found.has(party)) found.set(party, reading(form, 'contract_party', party, place));
  };
  for (const { term, name, page } of definedTerms(form, title)) {
    const byTerm = term === '利用者' || name.startsWith('利用者') ? 'riyosha' : null;
    add(byTerm ?? partyIn(name) ?? partyIn(term) ?? (term === '甲' ? 'riyosha' : null), {
      page,
      text: `${name}(${term})`,
    });
  }
  for (const { text, page } of form.lines) {
    const listed = /契約?当事者:?(.+)$/.exec(text)?.[1] ?? '';
    for (const name of listed.split(/[、,・]|及び/)) add(partyIn(name), { page, text: name });
  }
  for (const { label, text, page } of signatureRows(form))
    add(partyIn(label) ?? partyIn(text), { page, text: `${label} ${text}` });
  return [...found.values()];
}

/** 「見本花子(以下「利用者」という。)」: the name before the bracket and the term it is given. */
function definedTerms(form: FormText, title: string): { term: string; name: string; page: number }[] {
  const text = form.lines
    .map((line) => line.text)
    .filter((line) => !title.includes(line))
    .join('');
  const page = form.lines[0]?.page ?? 1;
  return [
    ...text.matchAll(
      /([^、。,()「」]{1,40})\(以下[、,]?「([^」]{1,20})」と?(?:いう|いいます|言う|称する)?。?\)/gu,
    ),
  ].map((match) => ({ name: lastName(match[1] ?? ''), term: match[2] ?? '', page }));
}

/** 「…と見本居宅介護支援事業所」: the part after the last と or 及び. */
const lastName = (text: string): string => text.split(/及び|並びに|および|と(?=[^と]*$)/u).at(-1) ?? text;

const PARTY_LABELS = [
  '利用者',
  '利用者氏名',
  '事業者',
  '事業所',
  '事業所名',
  '居宅介護支援事業者',
  '居宅介護支援事業所',
  '指定介護予防支援事業者',
  '指定居宅介護支援事業者',
  '介護予防支援事業者',
  '介護予防支援事業所',
  '地域包括支援センター',
  '甲',
  '乙',
  '丙',
  '丁',
  '市',
];

/** Labels of the signature block: the part after the last article, or the whole paper when it has no articles. */
function signatureRows(form: FormText): { label: string; text: string; page: number }[] {
  const end = form.lines.findLastIndex((line) => /^第[0-9]+条/.test(line.text));
  const from = end >= 0 ? end + 1 : 0;
  const part = {
    ...form,
    lines: form.lines.slice(from),
    labels: withoutPlaces(labelIndex([...labelsOf('keiyakusho'), ...PARTY_LABELS])),
  };
  return valuesOf(part, ...PARTY_LABELS)
    .filter((found) => partyIn(found.label) === 'riyosha' || found.text !== '')
    .map((found) => ({ label: found.label, text: found.text, page: found.page }));
}

/** The day of signing: its own field, else the last date alone on a line. */
function contractDate(form: FormText): Reading[] {
  const labelled = dateReading(form, 'contract_date', '契約締結日', '契約日', '締結日', '契約年月日');
  if (labelled.length > 0) return labelled;
  const alone = form.lines.findLast((line) => {
    const date = findDates(line.text)[0];
    return date !== undefined && line.text.length <= date.raw.length + 8 && !/生年月日/.test(line.text);
  });
  const date = alone && findDates(alone.text)[0];
  return alone && date ? [reading(form, 'contract_date', date.iso, inLine(alone))] : [];
}

/** 「契約期間は、令和6年4月1日から令和7年3月31日まで」, in a field or in a sentence over several lines. */
function contractPeriod(form: FormText): Reading[] {
  for (const [number, line] of form.lines.entries()) {
    if (!/契約(?:の|有効)?期間|有効期間/.test(line.text)) continue;
    const text = [line, form.lines[number + 1], form.lines[number + 2]]
      .map((each) => each?.text ?? '')
      .join('');
    const after = text.slice(text.search(/期間/));
    const period = parsePeriod(after);
    if (!period?.from) continue;
    return [
      reading(form, 'contract_from', period.from, inLine(line)),
      ...(period.to ? [reading(form, 'contract_to', period.to, inLine(line))] : []),
    ];
  }
  return [];
}
