import type { Papers, SplitPapers } from '../cover-sheet/papers.ts';
import type { Cover } from '../cover-sheet/read-cover.ts';
import type { ReadDocument } from '../documents/document.ts';
import { awaitsOcr } from '../documents/ocr/unread-image.ts';
import { identify } from '../facts/identify.ts';
import type { Finding } from '../findings/finding.ts';
import type { FindingCode } from '../findings/finding-codes.ts';
import { groupFindings } from '../findings/group-findings.ts';
import type { Packet } from '../packet/packet.ts';
import { isJunk } from '../packet/upload-entry.ts';
import { type DecisionContext, packetIdOf } from './decision-context.ts';
import { outcomeOf } from './outcome.ts';
import { holdsHandMarks, holdsPictures, isByMachine, withoutHandMarks, withoutPictures } from './pictures.ts';
import { unconfirmedReadings } from './unconfirmed-readings.ts';
import type { PacketVerdict } from './verdict.ts';

/**
 * The verdict on papers. Where some are pictures, or carry marks drawn by hand, they are decided twice, with what those
 * say and without, and the one is weighed against the other. Where a file is unread, nothing is called missing.
 */
export async function weighOcr(
  papers: SplitPapers,
  context: DecisionContext,
  decide: (papers: Papers, context: DecisionContext) => Promise<PacketVerdict>,
): Promise<PacketVerdict> {
  const verdict = await decide(papers, context);
  const { documents, packet, cover } = papers;
  const unclaimed = packet.beside?.unclaimed ?? [];
  const unread = [...new Set([...unreadFiles(documents, packet.rejected), ...unclaimed])];
  const weighed = { documents, unread, unclaimed, cover: cover.cover };
  const hasPictures = holdsPictures(documents);
  const hasMarks = holdsHandMarks(documents);
  if (!hasPictures && !hasMarks)
    return unread.length === 0 ? verdict : weighVerdicts(verdict, verdict, weighed);
  const printed = withoutHandMarks(hasPictures ? withoutPictures(documents) : documents);
  const alone = await decide({ ...papers, documents: printed }, context);
  return {
    ...weighVerdicts(verdict, alone, weighed),
    ...(hasPictures && { packet_id: stableId(papers.received, context) }),
  };
}

/** What two verdicts are weighed by. */
interface Weighed {
  documents: ReadDocument[];
  /** files that may hold what is missing */
  unread: string[];
  /** of these, files beside the packet with papers of no one */
  unclaimed?: string[];
  cover: Cover;
}

/** The id a packet has before its pictures are read. It must not change once they are. */
function stableId(received: Papers, context: DecisionContext): string {
  const printed = { ...received, documents: withoutPictures(received.documents) };
  return packetIdOf(context, identify(printed, context).identity, received.packet.digest);
}

/**
 * Neither a picture nor a mark drawn by hand sends a packet back by itself. Three things are weighed:
 * what OCR alone shows must be looked at, with the crop; an error that only the text of a picture or such a mark brought
 * becomes a question, since it may be wrong; and nothing is called missing while a file is unread that may be it.
 * @param alone the verdict on the same papers without the texts of their pictures
 */
export function weighVerdicts(
  verdict: PacketVerdict,
  alone: PacketVerdict,
  { documents, unread, unclaimed = [], cover }: Weighed,
): PacketVerdict {
  const foundAlone = new Set(alone.findings.map(keyOf));
  const weighed = verdict.findings.map((finding) => {
    if (finding.severity !== 'error' || isAboutFile(finding.code)) return finding;
    if (unread.length > 0 && ABSENCES.has(finding.code))
      return asQuestion(finding, whyOpen(unread, unclaimed));
    if (foundAlone.has(keyOf(finding))) return finding;
    return asQuestion(finding, restsOnMarks(finding, documents) ? BY_HAND : MISREAD);
  });
  const findings = groupFindings([...weighed, ...unconfirmedReadings(documents, cover)]);
  return { ...verdict, findings, decision: outcomeOf(findings) };
}

const keyOf = (finding: Finding): string => JSON.stringify([finding.code, finding.rule, finding.message]);

/** A file that cannot be opened, or must not be kept, is no matter of reading well or badly. */
const isAboutFile = (code: FindingCode): boolean => /^F_(?:ZIP|FILE|CSV|PDF)_/.test(code);

/** Files of which a page or all was not read or not recognised, for whatever reason: each may be what is missing. */
export const unreadFiles = (documents: ReadDocument[], rejected: Packet['rejected']): string[] => [
  ...new Set([
    ...documents.filter(isUnread).map(({ file }) => file),
    ...rejected
      .filter(({ path, outcome }) => outcome !== 'duplicate' && !isJunk(path.split('/')))
      .map(({ path }) => path),
  ]),
];

const isUnread = (document: ReadDocument): boolean =>
  document.outcome === 'unreadable' ||
  document.outcome === 'unsupported' ||
  awaitsOcr(document) ||
  (isByMachine(document) && document.kind === null) ||
  // a form that is not recognised, and what travels or is drawn in a file beside its text
  document.findings.some(({ code }) => code === 'F_PDF_UNKNOWN_FORM' || code === 'F_FILE_UNKNOWN');

/** files named in one sentence */
const MOST_NAMED = 3;

function whyOpen(files: string[], unclaimed: string[]): string {
  const named = files.slice(0, MOST_NAMED).map((file) => `「${file}」`);
  const more = files.length > MOST_NAMED ? `など${files.length}ファイル` : '';
  const what =
    unclaimed.length > 0
      ? '読み取れていないか、様式やどの利用者のものかが分からないところ'
      : '読み取れていないか様式の分からないところ';
  return `ただし、${named.join('')}${more}に、${what}があり、そこに書かれているかもしれないため、担当者が確かめます。`;
}

/** True when nothing that the finding may rest on is a picture. */
const restsOnMarks = ({ where }: Finding, documents: ReadDocument[]): boolean =>
  holdsHandMarks(documents) &&
  !documents.some((each) => (where.file === undefined || each.file === where.file) && isByMachine(each));

const BY_HAND =
  '手書きの丸や線から読み取った選択による判断で、書き手の意図と違うおそれがあるため、担当者が確かめます。';
const MISREAD = '画像から読み取った内容による判断で、読み違いのおそれがあるため、担当者が確かめます。';

const asQuestion = (finding: Finding, why: string): Finding => ({
  ...finding,
  severity: 'review',
  message: `${finding.message}${why}`,
});

/** Findings of something that is missing. */
const ABSENCES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'F_DOC_MISSING',
  'F_ACTUAL_MISSING',
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
