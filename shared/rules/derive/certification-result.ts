import { putDerived } from '../../facts/derive/put-derived.ts';
import { type FactSheet, factValue } from '../../facts/fact.ts';

/**
 * What became of an application: applied (no result yet), as_expected, shien (要介護 was expected, 要支援 given), kaigo (the reverse), none
 * (非該当). Left out where no application is known, or nothing was expected of it.
 */
type CertificationResult = 'applied' | 'as_expected' | 'shien' | 'kaigo' | 'none';

/** Puts the result of the application that the month is about. */
export function deriveCertificationResult(facts: FactSheet): void {
  const [result, from] = resultOf(facts) ?? [];
  if (result) putDerived(facts, 'certification_result', result, { from });
}

function resultOf(facts: FactSheet): [CertificationResult, from: string] | undefined {
  const state = factValue<string>(facts, 'certification_state');
  const event = factValue<string>(facts, 'event');
  if (state === 'applied') return ['applied', 'certification_state'];
  if (event === 'kubun_henko_applied' && state !== 'settled') return ['applied', 'event'];
  const given = factValue<string>(facts, 'certification');
  const expected = factValue<string>(facts, 'flags.assumes');
  if (given === 'none')
    return expected || RESULT_EVENTS.has(event ?? '') ? ['none', 'certification'] : undefined;
  if (!given || !expected) return undefined;
  if (given.startsWith(expected)) return ['as_expected', 'certification'];
  return [given.startsWith('要介護') ? 'kaigo' : 'shien', 'certification'];
}

/** Papers that show the result of an application. */
const RESULT_EVENTS = new Set(['kubun_henko_result', 'cert_renewal']);
