import type { NoticeContext } from '../../shared/letters/notice.ts';

/** What the records hold of a notice of a synthetic packet; a test passes only the fields it is about. */
export const aNoticeContext = (is: Partial<NoticeContext> = {}): NoticeContext => ({
  receipt: 'R20260612-7K3F9QXT',
  received_at: '2026-06-12T00:30:00.000Z',
  issued_at: '2026-06-12T00:30:05.000Z',
  number: 'R20260612-7K3F9QXT-1',
  version: 1,
  first: { receipt: 'R20260612-7K3F9QXT', received_at: '2026-06-12T00:30:00.000Z' },
  kept: null,
  review_due: null,
  sent_by: null,
  office_name: '見本居宅介護支援事業所',
  area_name: '第一圏域',
  center_name: '見本包括',
  contact: { telephone: '000-000-0001' },
  correction_days: null,
  ...is,
});
