import { describe, expect, it } from 'vitest';
import { printVerdict } from '../../../cli/print-verdict.ts';
import { decideUpload } from '../../../shared/flow.ts';
import { composeNotice } from '../../../shared/letters/notice.ts';
import { type Receipt, renderReceipt } from '../../../shared/letters/receipt.ts';
import { renderNotice } from '../../../shared/letters/render-notice.ts';
import { toCsv } from '../../../shared/text/csv.ts';
import { hasControl } from '../../../shared/text/printable.ts';
import { csvName, upplan, upyobo } from '../../builders/csv.ts';
import { withFile, zip } from '../../builders/zip.ts';

const HOSTILE = '\u001b[2J\u0007\u202e\n受理　100\u009b31m';

/** The lines of a text that hold a control letter. */
const bad = (text: string): string[] => text.split(/\r?\n/).filter(hasControl);

const upload = () =>
  withFile(
    `月分${HOSTILE}.zip`,
    zip([
      {
        name: `見本${HOSTILE}/packet.json`,
        bytes: JSON.stringify({ event: HOSTILE, name: HOSTILE, area: HOSTILE }),
      },
      { name: `見本${HOSTILE}/${csvName('UPYOBO')}`, bytes: upyobo({ 13: '見本\u001b[2J\u0007' }) },
      { name: `見本${HOSTILE}/${csvName('UPPLAN')}`, bytes: upplan({ 14: 'x\u001b[31m' }) },
      { name: `見本${HOSTILE}/控え${HOSTILE}.txt`, bytes: 'x' },
      {
        name: '二人目/packet.json',
        bytes: JSON.stringify({ address: HOSTILE, insured_number: '0000000101' }),
      },
    ]),
    (source) => Array.fromAsync(decideUpload(source, { registries: [], today: '2024-10-05' })),
  );

describe('a control letter of a name or a value', () => {
  it('reaches no terminal, no letter and no message', async () => {
    const verdicts = await upload();
    expect(verdicts.length).toBeGreaterThan(1);
    for (const verdict of verdicts) {
      const at = '2024-10-05T00:00:00Z';
      const first = { receipt: 'R1', received_at: at };
      const notice = composeNotice(verdict, {
        ...{ receipt: 'R1', received_at: at, issued_at: at, version: 1, first, kept: null, review_due: null },
        ...{ sent_by: null, office_name: null, area_name: null, center_name: null, contact: null },
        ...{ number: 'R1-1', correction_days: null },
      });
      expect(bad(renderNotice(notice))).toEqual([]);
      expect(bad(printVerdict(verdict, true))).toEqual([]);
      for (const { message, remedy } of verdict.findings)
        expect(hasControl(message + remedy), message).toBe(false);
      expect(hasControl(verdict.packet)).toBe(false);
      expect(hasControl(verdict.area ?? '')).toBe(false);
    }
  });

  it('adds no line to a receipt, also where an older desk stored the name as it was', () => {
    const line = { packet: `見本${HOSTILE}`, insured_number: null, service_month: null, category: null };
    const receipt = {
      ...{ receipt: 'R1', name: HOSTILE, office: null, received_at: '2024-10-05T00:00:00Z', finished_at: '' },
      ...{
        counts: { accept: 0, review: 0, return: 1, repeated: 0 },
        files: 1,
        pages: 0,
        rows: 0,
        accounted: true,
      },
      packets: [
        {
          ...line,
          decision: 'return',
          outcome: 'decided',
          findings: 1,
          first_finding: { message: HOSTILE, remedy: HOSTILE },
        },
      ],
    } as unknown as Receipt;
    const text = renderReceipt(receipt);
    expect(bad(text)).toEqual([]);
    expect(text.split('\r\n').filter((one) => one.startsWith('受理'))).toEqual([]);
  });

  it('reaches no cell of an export; lines within a cell stay', () => {
    expect(toCsv([[`a${HOSTILE}`, '一行目\n二行目']])).toBe('"a␣[2J␣␣\n受理　100␣31m","一行目\n二行目"\r\n');
  });
});
