import type { Cover } from '../cover-sheet/read-cover.ts';
import { readText } from '../documents/confirmed-readings.ts';
import {
  FIELDS,
  type FieldName,
  type ReadDocument,
  type Reading,
  type ServiceUse,
} from '../documents/document.ts';
import { type Finding, fileFinding, type PictureReading } from '../findings/finding.ts';
import { foldKey, nameKey } from '../text/normalise.ts';
import { isByMachine } from './pictures.ts';

/** One finding for each field of each picture whose value no other document confirms, with the place to look at. */
export function unconfirmedReadings(documents: ReadDocument[], cover: Cover): Finding[] {
  const used = documents.filter((document) => document.outcome === 'used');
  const certain = used
    .filter((document) => !isByMachine(document))
    .flatMap(({ readings }) => readings.filter(({ uncertain }) => !uncertain));
  return used
    .filter(isByMachine)
    .flatMap((document) => [
      ...(isUnattributed(document) ? [unattributedFinding(document)] : []),
      ...unconfirmedFields(document, certain, cover),
    ]);
}

function unconfirmedFields(document: ReadDocument, certain: Reading[], cover: Cover): Finding[] {
  const reported = new Set<FieldName>();
  return document.readings.flatMap((reading) => {
    const { field, uncertain } = reading;
    if (!uncertain || FREE_TEXT.has(field) || reported.has(field)) return [];
    const values = otherValues(reading, certain, cover);
    if (values.includes(valueKey(reading))) return [];
    reported.add(field);
    const isOther = isOneOfAKind(field) && values.length > 0;
    return [{ ...ocrFinding(reading, isOther), readings: [pictureReading(document, reading)] }];
  });
}

/** All values of the field in the picture: the reviewer looks at them at once. */
const pictureReading = ({ digest, readings }: ReadDocument, { field, where }: Reading): PictureReading => ({
  field,
  label: labelOf(field),
  digest,
  where,
  values: readings.filter((one) => one.field === field && one.uncertain).map(({ value }) => readText(value)),
});

/** Values of the same field in other documents and on the cover. */
function otherValues(reading: Reading, certain: Reading[], cover: Cover): string[] {
  const onCover = coverValue(reading.field, cover);
  return [
    ...certain.filter(({ field }) => field === reading.field).map(valueKey),
    ...(onCover ? [valueKey({ ...reading, value: onCover })] : []),
  ];
}

/** What no decision rests on: free text, and names of offices and people beside the person's own. */
const FREE_TEXT: ReadonlySet<FieldName> = new Set<FieldName>([
  'goal',
  'center_opinion',
  'assessment_domain_1',
  'assessment_domain_2',
  'assessment_domain_3',
  'assessment_domain_4',
  'name_kana',
  'care_manager_name',
  'office_name',
  'plan_period',
]);

/** A form on which neither number, name nor birth date was read may be another person's. */
const isUnattributed = ({ kind, readings }: ReadDocument): boolean =>
  kind !== null &&
  kind !== 'cover_sheet' &&
  readings.length > 0 &&
  !readings.some(({ field }) => isOneOfAKind(field) && field !== 'insurer_number');

const unattributedFinding = (document: ReadDocument): Finding =>
  fileFinding(
    'F_FILE_OCR',
    'review',
    { file: document.file, ...(document.pages && { page: document.pages.from }) },
    `「${document.file}」の${document.pages?.from ?? 1}ページからは、被保険者番号も氏名も読み取れず、どなたの書類か確かめられません。`,
    '担当者が書類を目で確かめます。番号か氏名の欄がはっきり写るようにスキャンし直すと、次からは読み取れます。',
  );

/** A person has one of these, so another value is another person's or a misreading. */
const isOneOfAKind = (field: FieldName): boolean =>
  field === 'insured_number' || field === 'insurer_number' || field === 'name' || field === 'birth_date';

function coverValue(field: FieldName, cover: Cover): string | null {
  const isOnCover =
    field === 'insured_number' || field === 'insurer_number' || field === 'name' || field === 'office_number';
  return isOnCover ? (cover[field] ?? null) : null;
}

/** Equal readings have the same key: names by sense, services by what they are. */
function valueKey({ field, value }: Pick<Reading, 'field' | 'value'>): string {
  if (field === 'name' || field === 'consent_name') return nameKey(String(value));
  if (field === 'service_planned' || field === 'service_actual') {
    const { class: kind, code, name } = value as ServiceUse;
    return `${kind}/${code?.slice(0, 2) ?? foldKey(name)}`;
  }
  return typeof value === 'string' ? foldKey(value) : JSON.stringify(value);
}

const labelOf = (field: FieldName): string => FIELDS[field].replace(/ \(.*\)$/, '');

function ocrFinding(reading: Reading, isOther: boolean): Finding {
  const { file, page } = reading.where;
  const label = labelOf(reading.field);
  const spot = `「${file}」の${page ?? 1}ページ`;
  return fileFinding(
    'F_FILE_OCR',
    'review',
    reading.where,
    isOther
      ? `${spot}の画像から読み取った「${label}」が、ほかの書類と違います。読み違いか、別の利用者の書類のおそれがあります。`
      : `${spot}の「${label}」は画像からの読み取りだけによるもので、ほかの書類では確かめられません。`,
    '担当者が画像の該当箇所を目で確かめます。同じ内容のCSVか、文字の入ったPDFを加えて送ると、確認を待たずに処理できます。',
  );
}
