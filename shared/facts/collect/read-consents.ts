import { type Found, found } from '../found.ts';
import { evidenceOf, knownFact } from '../make-fact.ts';
import { Readings } from '../readings.ts';
import type { FactSources } from './fact-sources.ts';

/** Who signed the 個人情報の同意書: the user, the family, or neither. */
export function readConsents({ documents }: Pick<FactSources, 'documents'>): Found {
  const forms = documents.filter(
    (d) => d.kind === 'kojin_joho_doisho' && d.outcome === 'used' && d.read_by !== 'none',
  );
  if (forms.length === 0) return found([]);
  const readings = new Readings(forms);
  const signers = readings.of('consent_by').map((r) => String(r.value));
  const signatures = readings.of('signed');
  const consent = (path: string, isGiven: boolean) =>
    knownFact(path, isGiven, '個人情報の同意書の署名', evidenceOf(signatures));
  // A form that does not name its signer is the user's own.
  const byUser = signers.length > 0 ? signers.includes('user') : signatures.some((r) => r.value === true);
  return found([
    consent('flags.personal_info_consent_user', byUser),
    signers.length > 0
      ? consent('flags.personal_info_consent_family', signers.includes('family'))
      : undefined,
  ]);
}
