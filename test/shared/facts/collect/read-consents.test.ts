import { describe, expect, it } from 'vitest';
import type { ReadDocument } from '../../../../shared/documents/document.ts';
import { readConsents } from '../../../../shared/facts/collect/read-consents.ts';
import { aDocument } from '../../../builders/a-document.ts';

const form = (fields: Parameters<typeof aDocument>[1], over: Partial<ReadDocument> = {}) =>
  aDocument({ kind: 'kojin_joho_doisho', ...over }, fields);
const read = (...documents: ReadDocument[]) =>
  Object.fromEntries(readConsents({ documents }).facts.map((f) => [f.path, f.value]));

describe('readConsents', () => {
  it('finds nothing without a form, nor on one that was not read', () => {
    expect(read(aDocument({ kind: 'keiyakusho' }, [['signed', true]]))).toEqual({});
    expect(read(form([], { read_by: 'none' }))).toEqual({});
  });

  it('takes a form that does not name its signer for the user’s own', () => {
    expect(read(form([['signed', true]]))).toEqual({ 'flags.personal_info_consent_user': true });
    expect(read(form([['signed', false]]))).toEqual({ 'flags.personal_info_consent_user': false });
  });

  it('knows who signed where the form names them', () => {
    expect(read(form([['consent_by', 'family']]))).toEqual({
      'flags.personal_info_consent_user': false,
      'flags.personal_info_consent_family': true,
    });
  });
});
