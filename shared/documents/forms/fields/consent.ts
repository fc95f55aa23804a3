import { findDates } from '../../../calendar/wareki.ts';
import type { Reading } from '../../document.ts';
import type { FormText } from '../text/form-text.ts';
import { dateReading, inLine, reading } from './readings.ts';

/** The end of a paper, where it is signed: from the last sentence of consent on, or the last dozen lines. */
export function signingPart(form: FormText): FormText {
  const sentence = form.lines.findLastIndex((line) =>
    /同意(?:し|いたし|する|を得|の上)|説明を受け|交付を受け/.test(line.text),
  );
  const from = sentence >= 0 ? sentence : Math.max(0, form.lines.length - 12);
  return { ...form, lines: form.lines.slice(from) };
}
export function consentDate(form: FormText): Reading[] {
  const labelled = dateReading(
    form,
    'consent_date',
    '同意日',
    '同意年月日',
    '説明日',
    '説明年月日',
    '署名日',
    '記入日',
  );
  if (labelled.length > 0) return labelled;
  const alone = form.lines.findLast((line) => {
    const date = findDates(line.text)[0];
    return (
      date !== undefined && line.text.length <= date.raw.length + 10 && !/生年月日|期間|~/.test(line.text)
    );
  });
  const date = alone && findDates(alone.text)[0];
  return alone && date ? [reading(form, 'consent_date', date.iso, inLine(alone))] : [];
}
