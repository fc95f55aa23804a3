import { expect, test } from 'vitest';
import {
  isInsurerNumberSound,
  isOfficeNumberForm,
  isOfficeNumberSound,
} from '../../../shared/documents/check-digits.ts';

// Worked examples of the domain notes: published numbers of offices and cities, no persons.
test.each(['0170201115', '01B0100011'])('takes the published office number %s', (number) => {
  expect(isOfficeNumberSound(number)).toBe(true);
});

test.each(['0170201116', '01B0100012', '0300000100', '123456789', '01I0100011', ''])(
  'does not take %j',
  (number) => {
    expect(isOfficeNumberSound(number)).toBe(false);
  },
);

test('takes medical numbers by the rule of six digits too, others not', () => {
  const six = '123456';
  expect(isOfficeNumberSound(`131${six}${ruleTwo(six)}`)).toBe(true);
  expect(isOfficeNumberSound(`127${six}${ruleTwo(six)}`)).toBe(false);
});

test('knows the form: ten characters, a letter only in the third place, never I, O, Q', () => {
  expect(isOfficeNumberForm('43A0100011')).toBe(true);
  expect(isOfficeNumberForm('43O0100011')).toBe(false);
  expect(isOfficeNumberForm('4370100')).toBe(false);
});

test.each(['122192', '122069', '121012', '435073', '294538'])('takes the insurer number %s', (number) => {
  expect(isInsurerNumberSound(number)).toBe(true);
});

test.each(['122193', '131016', '12219', 'abcdef'])('does not take the insurer number %s', (number) => {
  expect(isInsurerNumberSound(number)).toBe(false);
});

/** The rule written a second time, for six digits. */
function ruleTwo(six: string): number {
  const sum = [...six].reduce((total, digit, i) => {
    const product = Number(digit) * (i % 2 === 0 ? 1 : 2);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
