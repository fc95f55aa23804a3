import { describe, expect, it } from 'vitest';
import { isConfirmed } from '../../../shared/vocabulary/declared-documents.ts';
import type { DocumentKind } from '../../../shared/vocabulary/document-kinds.ts';

const confirmed = (declared: DocumentKind, ...found: DocumentKind[]): boolean =>
  isConfirmed(declared, (kind) => found.includes(kind));

describe('isConfirmed', () => {
  it('accepts another name of the same paper', () => {
    expect(confirmed('shien_keikakusho_signed', 'shien_keikakusho')).toBe(true);
    expect(confirmed('riyohyo_copy', 'riyohyo')).toBe(true);
    expect(confirmed('shien_keika_with_reason', 'keika_kiroku')).toBe(true);
    expect(confirmed('hyoka_record', 'kihon_checklist', 'hyokahyo')).toBe(true);
  });

  it('refuses another paper', () => {
    expect(confirmed('shien_keikakusho_signed', 'riyohyo')).toBe(false);
    expect(confirmed('monitoring_record', 'keika_kiroku')).toBe(false);
    expect(confirmed('riyohyo')).toBe(false);
  });

  it('distinguishes a plan from a record whose key has the same prefix', () => {
    expect(confirmed('shien_keikakusho', 'shien_keika')).toBe(false);
    expect(confirmed('shien_keika', 'shien_keikakusho')).toBe(false);
  });
});
