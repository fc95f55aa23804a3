import { describe, expect, it } from 'vitest';
import { uploadVerdict } from '../../../shared/decision/upload-verdict.ts';
import { weighDeskFault } from '../../../shared/decision/weigh-desk-fault.ts';
import { deskFault } from '../../../shared/findings/desk-fault.ts';
import { fileFinding } from '../../../shared/findings/finding.ts';

const missing = fileFinding('F_DOC_MISSING', 'error', {}, '計画書がありません。', '送ってください。');
const broken = fileFinding(
  'F_PDF_BROKEN',
  'error',
  { file: 'b.pdf' },
  '開けません。',
  '作り直してください。',
);
const fault = deskFault({ file: 'a.csv' });

describe('a fault of the desk among the findings', () => {
  it('turns what may follow from it into a question', () => {
    const [weighed] = weighDeskFault([missing, fault]);
    expect(weighed).toMatchObject({ code: 'F_DOC_MISSING', severity: 'review' });
    expect(weighed?.message).toContain('受付の不具合');
  });

  it('leaves what is wrong with another file', () => {
    expect(weighDeskFault([broken, fault])).toEqual([broken, fault]);
  });

  it('is needed: without one every error stays', () => {
    expect(weighDeskFault([missing, broken])).toEqual([missing, broken]);
  });
});

it('refuses no upload as a whole for a fault of the desk alone', () => {
  const upload = { name: 'a.zip', digest: 'd', refused: 0 };
  expect(uploadVerdict(upload, [fault], {}).decision).toBe('review');
  expect(uploadVerdict(upload, [fault, broken], {}).decision).toBe('return');
});
