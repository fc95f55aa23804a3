import type { Cover } from '../cover-sheet/read-cover.ts';
import {
  FIELDS,
  type FieldName,
  type ReadDocument,
  type Reading,
  type ServiceUse,
} from '../documents/document.ts';
import { isUnreadPicture } from '../documents/ocr/unread-picture.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import type { FindingCode } from '../findings/finding-codes.ts';
import { groupFindings } from '../findings/group-findings.ts';
import { foldKey, nameKey } from '../text/normalise.ts';
import { outcomeOf } from './decide.ts';
import type { PacketVerdict } from './verdict.ts';

/** True when a verdict rests on pictures, read or not, and must be weighed. */
export const holdsPictures = (documents: ReadDocument[]): boolean =>
  documents.some((document) => isByMachine(document) || isUnreadPicture(document));

/** Read by OCR: here, or before by the scanner that laid its text over the picture. */
const isByMachine = (document: ReadDocument): boolean =>
  document.read_by === 'ocr' || document.readings.some(({ uncertain }) => uncertain);

/** The documents as if nobody had read a picture. */
export const withoutPictures = (documents: ReadDocument[]): ReadDocument[] =>
  documents.map((document) =>
    isByMachine(document) ? { ...document, kind: null, also: [], readings: [] } : document,
  );

/**
 * A picture never sends a packet back by itself. Three things are weighed:
 * what OCR alone says must be looked at, with the crop; an error that only the text of a picture brought becomes a
 * question, since the text may be wrong; and nothing is called missing while a picture is unread that may be it.
 * @param alone the verdict on the same packet without the texts of its pictures
 */
export function weighOcr(
  verdict: PacketVerdict,
  alone: PacketVerdict,
  documents: ReadDocument[],
  cover: Cover,
): PacketVerdict {
  const without = new Set(alone.findings.map(keyOf));
  const isOpen = documents.some(
    (document) => isUnreadPicture(document) || (isByMachine(document) && document.kind === null),
  );
  const weighed = verdict.findings.map((finding) => {
    if (finding.severity !== 'error' || isAboutFile(finding.code)) return finding;
    if (isOpen && ABSENCES.has(finding.code)) return asQuestion(finding, UNREAD);
    return without.has(keyOf(finding)) ? finding : asQuestion(finding, MISREAD);
  });
  const findings = groupFindings([...weighed, ...unconfirmed(documents, cover)]);
  return { ...verdict, findings, decision: outcomeOf(findings) };
}

const keyOf = (finding: Finding): string => JSON.stringify([finding.code, finding.rule, finding.message]);

/** A file that cannot be opened, or must not be kept, is no matter of reading well or badly. */
const isAboutFile = (code: FindingCode): boolean => /^F_(?:ZIP|FILE|CSV|PDF)_/.test(code);

const UNREAD = 'まだ読み取れていない画像があり、そこに書かれているかもしれないため、担当者が確かめます。';
const MISREAD = '画像から読み取った内容による判断で、読み違いのおそれがあるため、担当者が確かめます。';

const asQuestion = (finding: Finding, why: string): Finding => ({
  ...finding,
  severity: 'review',
  message: `${finding.message}${why}`,
});

/** Findings that say that something is not there. */
const ABSENCES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'F_DOC_MISSING',
  'F_TODOKE_MISSING',
  'F_CONTRACT_MISSING',
  'F_CONTRACT_PARTIES',
  'F_CONSENT',
  'F_SIGNATURE',
  'F_FIELD_BLANK',
  'F_RECORD_TAG',
  'F_REASON_NOT_STATED',
  'F_ORIGINAL_REQUIRED',
  'F_SHOKAI_NO_NEW_PLAN',
  'F_CHECKLIST_NOT_SUBMITTED',
  'F_NOT_ELIGIBLE',
  'F_MONITOR_VISIT',
  'F_MONITOR_RECORD_MISSING',
  'F_MONTHLY_CONTACT',
  'F_VIDEO_CONDITION',
  'F_VISIT_EVALUATION_MONTH',
  'F_VISIT_SIGNIFICANT_CHANGE',
  'F_CONTACT_MISSING',
  'F_FINAL_PLAN_NOT_SUBMITTED',
  'F_PACKET_NO_PERSON',
  'F_PACKET_EMPTY',
  'F_PACKET_UNKNOWN_INSURER',
  'F_PACKET_DECLARED',
]);

/** What nothing is decided on: free text, and names of offices and people beside the person's own. */
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

/** One finding for each field of each picture whose value no other document bears out, with the place to look at. */
function unconfirmed(documents: ReadDocument[], cover: Cover): Finding[] {
  const certain = documents
    .filter((document) => document.outcome === 'used' && !isByMachine(document))
    .flatMap(({ readings }) => readings.filter(({ uncertain }) => !uncertain));
  return documents
    .filter((document) => document.outcome === 'used' && isByMachine(document))
    .flatMap((document) => {
      const told = new Set<FieldName>();
      const isNobodys =
        document.kind !== null &&
        document.kind !== 'cover_sheet' &&
        document.readings.length > 0 &&
        !document.readings.some(({ field }) => isOneOfAKind(field) && field !== 'insurer_number');
      const of = document.readings.flatMap((reading) => {
        if (!reading.uncertain) return [];
        if (FREE_TEXT.has(reading.field) || told.has(reading.field)) return [];
        const others = certain.filter(({ field }) => field === reading.field);
        const said = saidByCover(reading.field, cover);
        const values = [...others.map(valueKey), ...(said ? [valueKey({ ...reading, value: said })] : [])];
        if (values.includes(valueKey(reading))) return [];
        told.add(reading.field);
        return [ocrFinding(reading, isOneOfAKind(reading.field) && values.length > 0)];
      });
      return isNobodys ? [nobodysFinding(document), ...of] : of;
    });
}

/** A picture on which neither number nor name can be read may be anybody's. */
const nobodysFinding = (document: ReadDocument): Finding =>
  fileFinding(
    'F_FILE_OCR',
    'review',
    { file: document.file, ...(document.pages && { page: document.pages.from }) },
    `「${document.file}」の${document.pages?.from ?? 1}ページからは、被保険者番号も氏名も読み取れず、どなたの書類か確かめられません。`,
    '書類を目で確かめてください。番号か氏名の欄がはっきり写るようにスキャンし直すと、次からは読み取れます。',
  );

/** A person has one of these, so another value is another person's or a misreading. */
const isOneOfAKind = (field: FieldName): boolean =>
  field === 'insured_number' || field === 'insurer_number' || field === 'name' || field === 'birth_date';

function saidByCover(field: FieldName, cover: Cover): string | null {
  if (
    field === 'insured_number' ||
    field === 'insurer_number' ||
    field === 'name' ||
    field === 'office_number'
  )
    return cover[field] ?? null;
  return null;
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

function ocrFinding(reading: Reading, differs: boolean): Finding {
  const { file, page } = reading.where;
  const label = FIELDS[reading.field].replace(/ \(.*\)$/, '');
  const at = `「${file}」の${page ?? 1}ページ`;
  return fileFinding(
    'F_FILE_OCR',
    'review',
    reading.where,
    differs
      ? `${at}の画像から読み取った「${label}」が、ほかの書類と違います。読み違いか、別の利用者の書類のおそれがあります。`
      : `${at}の「${label}」は画像からの読み取りだけによるもので、ほかの書類では確かめられません。`,
    '画像の該当箇所を目で確かめてください。同じ内容のCSVか、文字の入ったPDFを加えて送ると、確認を待たずに処理できます。',
  );
}
