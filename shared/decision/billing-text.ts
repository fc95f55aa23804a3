import { bodyNames, bodyNamesIn } from '../profiles/bodies.ts';
import { payerLabel } from '../vocabulary/labels.ts';
import type { Claim, Commission } from './verdict.ts';

/** The claimant of the month's fee, its payer and the units: 「地域包括支援センターが国保連に 442単位」. */
export function claimText(claim: Claim, city: string | null): string {
  const { claimant, payer, units, yen } = claim;
  const who = claimant ? `${bodyName(claimant, city)}が` : '';
  const amount = [
    units === null ? null : `${units}単位`,
    yen === null ? null : `${yen.toLocaleString('ja-JP')}円`,
  ];
  return [`${who}${payerLabel(payer)}に請求`, ...amount.filter(Boolean)].join(' ');
}

/** Who pays the commissioned office, and what: it is no claim, and its units are none that anyone claims. */
export function commissionText({ from, to, share, units, yen }: Commission, city: string | null): string {
  const amount = yen === null ? shareText(share, units) : `${yen.toLocaleString('ja-JP')}円`;
  const receiver = bodyName(to, city);
  if (from === UNDETERMINED) return `${receiver}へ ${amount}（支払う者は資料から定まらず、市が定める）`;
  return `${bodyName(from, city)}から${receiver}へ ${amount}`;
}

const UNDETERMINED = 'undetermined';

function shareText(share: number | null, units: number | null): string {
  if (share === null) return '額は委託契約または市の定めによる';
  const guide =
    units === null
      ? ''
      : `（${units}単位に当たる目安。端数と加算の扱いは定めがなく、請求する単位数ではない）`;
  return `請求する単位数の${share}倍${guide}`;
}

const bodyName = (key: string, city: string | null): string =>
  (city ? bodyNamesIn(city) : bodyNames())[key] ?? key;
