import { type Finding, fileFinding } from '../findings/finding.ts';
import { packetId } from '../packet/packet-id.ts';
import type { Decision, PacketVerdict } from './verdict.ts';

/** The verdict on an upload that could not be opened, or on what is wrong with it as a whole. */
export function uploadVerdict(name: string, digest: string, findings: Finding[]): PacketVerdict {
  const told =
    findings.length > 0
      ? findings
      : [
          fileFinding(
            'F_ZIP_EMPTY',
            'error',
            { file: name },
            `${name} の中に書類が一つもありません。`,
            '利用者ごとのフォルダーを一つのZIPにまとめ、作り直して送ってください。',
          ),
        ];
  return {
    ...noCity(),
    decision: 'return',
    findings: told,
    packet: name,
    packet_id: packetId(null, digest),
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
    documents: [],
    ledger: {
      files: 1,
      pages: 0,
      rows: 0,
      accounted: true,
      outcomes: { unreadable: { files: 1, pages: 0, rows: 0 } },
    },
  };
}

/** Without a city no rule can speak. */
export const noCity = (): Decision => ({
  decision: 'return',
  category: null,
  responsible_body: null,
  entrusted_body: null,
  claimant: null,
  payer: null,
  base_units: null,
  total_units: null,
  yen: null,
  addons_allowed: [],
  addons_denied: [],
  required_documents: [],
  optional_documents: [],
  missing_documents: [],
  notification_required: null,
  notification_form: null,
  notification_kind: null,
  notification_to: null,
  notification_attachments: [],
  contract_parties: [],
  new_contract_required: null,
  deadlines: [],
  findings: [],
  aggregates: null,
  checklist: [],
  involvement: null,
  edition: '',
  provisional: false,
  explanation: { facts: [], rules: [], would_change: [], caveats: [] },
});
