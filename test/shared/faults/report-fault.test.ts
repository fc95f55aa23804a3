import { AssertionError } from 'node:assert';
import { afterEach, describe, expect, it } from 'vitest';
import {
  faultCode,
  isProgrammingError,
  reportFault,
  reportFaultsTo,
} from '../../../shared/faults/report-fault.ts';
import { decodeStrictly } from '../../../shared/text/decode.ts';

const restore = reportFaultsTo(() => {});
afterEach(() => void reportFaultsTo(restore));

describe('a fault of the program', () => {
  it('is reported by class and place, never by its message', () => {
    const codes: string[] = [];
    reportFaultsTo((code) => codes.push(code));
    reportFault(placed(new TypeError('reading 見本 花子'), 'shared/documents/csv/read-csv.ts:41:7'));
    expect(codes).toEqual(['TypeError shared/documents/csv/read-csv.ts:41']);
  });

  it.each([new TypeError(), new RangeError(), new ReferenceError(), new AssertionError({ message: 'x' })])(
    'is a %s',
    (error) => expect(isProgrammingError(error)).toBe(true),
  );

  it('of the system has its code, without a path', () => {
    const full = Object.assign(new Error('ENOSPC: no space left, write 見本'), { code: 'ENOSPC', stack: '' });
    expect(faultCode(full)).toBe('Error ENOSPC');
    expect(faultCode(Object.assign(new Error('x'), { code: '見本 花子', stack: '' }))).toBe('Error');
  });

  it('does not include what a library throws for bad input', () => {
    expect(isProgrammingError(new Error('invalid central directory'))).toBe(false);
    expect(isProgrammingError('a text')).toBe(false);
    expect(faultCode('a text')).toBe('unknown');
  });
});

it('does not report invalid bytes as a fault, though a decoder throws a TypeError for them', () => {
  expect(decodeStrictly('utf-8', Uint8Array.of(0xff))).toBeNull();
  expect(decodeStrictly('cp932', Uint8Array.of(0x81))).toBeNull();
});

function placed(error: Error, place: string): Error {
  error.stack = `${error.name}: ${error.message}\n    at read (/app/${place})`;
  return error;
}
