import { type Finding, fileFinding } from '../findings/finding.ts';
import { printableShort } from '../text/printable.ts';
import type { CheckedCover } from './check-cover.ts';

/** Findings of one 送付票; what is beyond is counted in the last one. */
const MOST = 20;
/** Names of one sentence. */
const MOST_NAMES = 10;

/** What a 送付票 has that cannot be used: a value that may not be written there, and items the desk does not know. */
export function coverFindings(file: string, { troubles, unknown }: CheckedCover): Finding[] {
  const findings = troubles
    .slice(0, MOST)
    .map(({ label, written, expected, row }) =>
      fileFinding(
        'F_PACKET_JSON',
        'error',
        { file, ...(row && { row }) },
        `送付票の「${label}」に書かれた「${written}」は使えません。この項目がないものとして審査しました。`,
        `送付票の「${label}」に、${expected}書いて出し直してください。`,
      ),
    );
  if (troubles.length > MOST)
    findings.push(
      fileFinding(
        'F_PACKET_JSON',
        'error',
        { file },
        `送付票には、ほかにも使えない値が${troubles.length - MOST}件あります。`,
        '送付票を作り直して出し直してください。',
      ),
    );
  return unknown.length > 0 ? [...findings, unknownItems(file, unknown)] : findings;
}

function unknownItems(file: string, unknown: CheckedCover['unknown']): Finding {
  const names = unknown.slice(0, MOST_NAMES).map(({ key }) => `「${printableShort(key)}」`);
  const rest = unknown.length > MOST_NAMES ? `など${unknown.length}件` : '';
  const row = unknown[0]?.row;
  return fileFinding(
    'F_PACKET_JSON',
    'info',
    { file, ...(row && { row }) },
    `送付票の${names.join('')}${rest}は、受付の項目にないため、審査に使っていません。`,
    '項目の名前の書き誤りであれば、直して出し直してください。書き添えただけであれば対応は不要です。',
  );
}
