import { describe, expect, it } from 'vitest';
import { groupRows, placeText } from '../../../shared/letters/group-rows.ts';
import { composeNotice } from '../../../shared/letters/notice.ts';
import { renderReceipt } from '../../../shared/letters/receipt.ts';
import { renderNotice } from '../../../shared/letters/render-notice.ts';
import { maskNumber } from '../../../shared/vocabulary/labels.ts';
import { aNoticeContext } from '../../builders/a-notice.ts';
import { aFinding, aVerdict } from '../../builders/a-verdict.ts';

const text = (verdict: Parameters<typeof aVerdict>[0], more = {}) =>
  renderNotice(composeNotice(aVerdict(verdict), aNoticeContext(more)));

it('of papers that were not read names the ones that still count', () => {
  const kept = { receipt: 'R20260601-KEPT0000', received_at: '2026-06-01T01:00:00.000Z' };
  const letter = text({ decision: 'return', is_read: false }, { kept });
  expect(letter).toContain('受付番号 R20260601-KEPT0000）を引き続き有効なものとして扱います');
  expect(text({ decision: 'return' })).not.toContain('引き続き有効');
});

it('names the office that sent it where the papers name another', () => {
  expect(text({}, { sent_by: '0870100021' })).toContain('送信した事業所0870100021');
  expect(text({}, { sent_by: '0870100013' })).not.toContain('送信した事業所');
});

it('calls the cover 送付票, and never by the name of its file', () => {
  const letter = text({ findings: [aFinding({ where: { file: '見本/packet.json', row: 3 } })] });
  expect(letter).toContain('見本/送付票 3行目');
  expect(letter).not.toContain('packet.json');
});

describe('a 不備通知書', () => {
  const returned = text({
    decision: 'return',
    missing_documents: ['riyohyo_copy'],
    findings: [aFinding()],
    deadlines: [{ what: '再提出', due: '2026-06-20', basis: 'seed', rule: 'MIT-R1' }],
  });

  it('names fault, place, reason, remedy and rule', () => {
    for (const part of [
      '不備通知書',
      '利用票の写しがありません。',
      'a.pdf 1ページ',
      '加えて出し直してください',
      '水戸市 実施事項 ④',
      'MIT-R12',
    ])
      expect(returned).toContain(part);
  });

  it('names missing documents by their title, the deadline, the receipt number and where to send again', () => {
    for (const part of [
      '・利用票の写し',
      '再提出: 令和8年6月20日',
      'R20260612-7K3F9QXT',
      '書類を追加・差し替える',
      '訂正版',
    ])
      expect(returned).toContain(part);
  });

  it('shows the totals of the ledger', () => {
    expect(returned).toContain('3ファイル・1ページ・12行、すべて処理済み');
  });

  it('counts what asks for nothing apart from what has to be mended', () => {
    const note = aFinding({ severity: 'info', rule: 'MIT-R22', remedy: '対応は不要です。' });
    const both = text({ decision: 'return', findings: [note, aFinding(), aFinding({ rule: 'MIT-R13' })] });
    expect(both).toContain('■ 指摘（2種類・2件）');
    expect(both).toContain('■ お知らせ（1種類・1件）');
    expect(text({ decision: 'accept', findings: [note] })).not.toContain('■ 指摘');
  });

  it('shows the time in Japan', () => {
    expect(returned).toContain('令和8年6月12日 9:30');
  });
});

describe('a notice', () => {
  it('of a later version names the first receipt', () => {
    const first = { receipt: 'R20260601-AAAAAAAA', received_at: '2026-06-01T00:00:00.000Z' };
    expect(text({}, { version: 2, first })).toContain(
      'R20260601-AAAAAAAA（令和8年6月1日 9:00）　今回は第2版',
    );
  });

  it('of a review names reviewer and due date, and asks for nothing', () => {
    const review = text({ decision: 'review' }, { review_due: '2026-06-26' });
    expect(review).toContain('確認中のお知らせ');
    expect(review).toContain('令和8年6月26日');
    expect(review).toContain('今すぐ送り直す必要はありません');
  });

  it('of an acceptance asks for nothing', () => {
    expect(text({})).toContain('送り直しは不要です');
  });

  it('without person, area or office names the gap instead of leaving a blank', () => {
    const unknown = text(
      { insured_number: null, name: null, office_number: null, area: null, city: null, service_month: null },
      { office_name: null, area_name: null, center_name: null },
    );
    for (const part of ['特定できません', '決まっていません', '不明']) expect(unknown).toContain(part);
    expect(unknown).not.toMatch(/null|undefined/);
  });

  it('is the same for the same decision', () => {
    expect(text({ findings: [aFinding()] })).toBe(text({ findings: [aFinding()] }));
  });
});

describe('equal findings', () => {
  const rows = Array.from({ length: 12 }, (_, n) => aFinding({ where: { file: 'UPPLAN.CSV', row: n + 1 } }));

  it('are listed once, with their number and the first five places', () => {
    const [group, ...others] = groupRows(rows);
    expect(others).toEqual([]);
    expect(group).toMatchObject({ count: 12, more_places: 7 });
    expect(group!.places).toEqual([1, 2, 3, 4, 5].map((row) => `UPPLAN.CSV ${row}行目`));
  });

  it('of two rules stay two', () => {
    expect(groupRows([aFinding(), aFinding({ rule: 'MIT-R13' })])).toHaveLength(2);
  });

  it('are sorted by severity', () => {
    const mixed = groupRows([aFinding({ severity: 'info' }), aFinding({ severity: 'error' })]);
    expect(mixed.map((group) => group.severity)).toEqual(['error', 'info']);
  });
});

describe('a place', () => {
  it('names file, page, row, column and byte as far as they are known', () => {
    expect(placeText({ file: 'a.csv', row: 3, column: 12, column_name: 'サービス種類コード' })).toBe(
      'a.csv 3行目 12列目（サービス種類コード）',
    );
    expect(placeText({ file: 'a.csv', byte: 0 })).toBe('a.csv 先頭から1バイト目');
    expect(placeText({})).toBe('');
  });
});

describe('a 受付票', () => {
  const line = {
    packet: 'A',
    packet_id: 'p1',
    insured_number: '0000000101',
    service_month: '2024-06',
    category: 'yobo_shien_direct',
    decision: 'return',
    outcome: 'decided' as const,
    findings: 2,
    first_finding: { message: '利用票がありません。', remedy: '加えてください。' },
    notice_id: 'p1',
    receipt: 'R1',
    received_at: '2026-06-12T00:30:00.000Z',
  };
  const receipt = renderReceipt({
    receipt: 'R2',
    name: '六月.zip',
    office: null,
    received_at: '2026-06-12T00:30:00.000Z',
    finished_at: '2026-06-12T00:30:05.000Z',
    packets: [
      line,
      { ...line, packet: 'B', outcome: 'repeated' },
      { ...line, packet: '鈴木', first_packet: '佐藤', outcome: 'repeated' },
    ],
    counts: { accept: 0, review: 0, return: 1, repeated: 1 },
    files: 6,
    pages: 2,
    rows: 24,
    accounted: true,
  });

  it('lists every packet, shows 受付済 with the first receipt for a repeated one, and masks numbers', () => {
    expect(receipt).toContain('返戻 1　受付済 1');
    expect(receipt).toContain('受付済です。同じ内容を令和8年6月12日 9:30に受け付けています（受付番号 R1）');
    expect(receipt).toContain('3. 鈴木');
    expect(receipt).toContain('9:30に「佐藤」として受け付けています（受付番号 R1）。別の方の書類であれば');
    expect(receipt).toContain('利用票がありません。（ほか1件）');
    expect(receipt).not.toContain('0000000101');
  });
});

describe('a masked number', () => {
  it('keeps the last four digits', () => {
    expect(maskNumber('0000000101')).toBe('******0101');
    expect(maskNumber(null)).toBe('—');
  });
});
