import { isDeskFault } from '../findings/desk-fault.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import type { OpenedUpload } from '../packet/open-upload.ts';
import type { DecisionOutcome } from '../vocabulary/category.ts';
import { type DecisionContext, packetIdOf } from './decision-context.ts';
import { emptyDecision } from './empty-decision.ts';
import type { UploadLedger } from './upload-ledger.ts';
import type { Ledger, PacketVerdict } from './verdict.ts';

/** The verdict on an upload that could not be opened, or on what is wrong with it as a whole. */
export function uploadVerdict(
  { name, digest, refused }: Pick<OpenedUpload, 'name' | 'digest' | 'refused'>,
  findings: Finding[],
  context: SentBy,
): PacketVerdict {
  const reported = findings.length > 0 ? findings : [emptyUpload(name)];
  const isOurs = reported.some(isDeskFault) && reported.every(({ severity }) => severity !== 'error');
  const decision = isOurs ? 'review' : 'return';
  return wholeVerdict({ name, digest }, packetIdOf(context, NO_PAPERS, digest), decision, reported, {
    entries: refused,
    files: 1,
    outcomes: { unreadable: { files: 1, pages: 0, rows: 0 } },
  });
}

type SentBy = Pick<DecisionContext, 'sender'>;

/** An upload as a whole names no office, city or area. */
const NO_PAPERS = { office_number: null, city: null, area: null, center_number: null };

const emptyUpload = (name: string): Finding =>
  fileFinding(
    'F_ZIP_EMPTY',
    'error',
    { file: name },
    `${name} の中に書類が一つもありません。`,
    '利用者ごとのフォルダーを一つのZIPにまとめ、作り直して送ってください。',
  );

/** Some files of the upload are in no packet, or in two: nothing for the office to do, the operator must look. */
export function ledgerVerdict(
  upload: Pick<OpenedUpload, 'name' | 'digest'>,
  { opened, accountedFor }: Pick<UploadLedger, 'opened' | 'accountedFor'>,
  context: SentBy,
): PacketVerdict {
  const { name, digest } = upload;
  const finding = fileFinding(
    'F_PACKET_LEDGER',
    'review',
    { file: name },
    `${name} を開いたときは ${opened} ファイルでしたが、処理の結果が確定しているのは ${accountedFor} ファイルです。`,
    '事業所の対応は不要です。運用担当が読み取りをやり直します。',
  );
  return wholeVerdict(upload, packetIdOf(context, NO_PAPERS, `ledger ${digest}`), 'review', [finding], {
    entries: 0,
    files: 0,
    outcomes: {},
  });
}

/** A verdict on the upload as a whole: of no person and no month. */
const wholeVerdict = (
  { name, digest }: Pick<OpenedUpload, 'name' | 'digest'>,
  packet_id: string,
  decision: DecisionOutcome,
  findings: Finding[],
  ledger: Pick<Ledger, 'entries' | 'files' | 'outcomes'>,
): PacketVerdict => ({
  ...emptyDecision(),
  decision,
  findings,
  packet: name,
  packet_id,
  digest,
  city: null,
  area: null,
  center_number: null,
  insurer_number: null,
  insured_number: null,
  name: null,
  office_number: null,
  service_month: null,
  event: null,
  is_read: false,
  documents: [],
  ledger: { ...ledger, pages: 0, rows: 0, accounted: true },
});
