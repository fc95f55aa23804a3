import { emptyDecision } from '../../shared/decision/empty-decision.ts';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import type { Finding } from '../../shared/findings/finding.ts';

/** A verdict on a synthetic person; a test passes only the fields it is about. */
export const aVerdict = (is: Partial<PacketVerdict> = {}): PacketVerdict => ({
  packet: '0000000101_2024-06',
  packet_id: 'p1',
  digest: 'd1',
  city: 'mito',
  area: 'area-1',
  center_number: '0800100018',
  insurer_number: '082016',
  insured_number: '0000000101',
  name: '見本 花子',
  office_number: '0870100013',
  service_month: '2024-06',
  event: 'continuing',
  ...emptyDecision(),
  decision: 'accept',
  category: 'yobo_shien_direct',
  payer: 'kokuhoren',
  base_units: 472,
  total_units: 472,
  claim: { claimant: 'kyotaku_office', payer: 'kokuhoren', base_units: 472, units: 472, yen: null },
  edition: 'mito 2024-04-01',
  is_read: true,
  documents: [{ file: 'a.pdf', kind: 'riyohyo_copy', read_by: 'text', pages: 1, title: '利用票' }],
  ledger: { files: 3, pages: 1, rows: 12, accounted: true, outcomes: {} },
  ...is,
});

export const aFinding = (is: Partial<Finding> = {}): Finding => ({
  code: 'F_DOC_MISSING',
  severity: 'error',
  rule: 'MIT-R12',
  rules: ['MIT-R12'],
  edition: '2024-04-01',
  citation: { title: '水戸市 実施事項', place: '④' },
  where: { file: 'a.pdf', page: 1 },
  message: '利用票の写しがありません。',
  remedy: '利用票の写しを加えて出し直してください。',
  ...is,
});
