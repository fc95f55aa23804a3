import { describe, expect, it } from 'vitest';
import type { ReadDocument } from '../../../../shared/documents/document.ts';
import { readProgressNotes } from '../../../../shared/facts/collect/read-progress-notes.ts';
import { aDocument, readingsOf } from '../../../builders/a-document.ts';

const read = (...documents: ReadDocument[]) =>
  Object.fromEntries(
    readProgressNotes({ documents, readings: readingsOf(...documents) }).facts.map((f) => [f.path, f.value]),
  );

describe('readProgressNotes', () => {
  it('finds nothing without notes, and nothing in notes that were not read', () => {
    expect(read()).toEqual({});
    expect(read(aDocument({ kind: 'keika_kiroku', read_by: 'none' }))).toEqual({});
  });

  it('knows that nothing is written in notes that were read', () => {
    expect(read(aDocument({ kind: 'shien_keika' }))).toEqual({
      'flags.keika_tags': [],
      'flags.keika_contains_change_reason': false,
    });
  });

  it('lists each heading once, with the reason and the contact', () => {
    const notes = aDocument({ kind: 'keika_kiroku' }, [
      ['keika_tag', '担当者会議'],
      ['keika_tag', '担当者会議'],
      ['keika_change_reason', '訪問看護の利用がなかった'],
      ['keika_center_contact', '包括に連絡した'],
    ]);
    expect(read(notes)).toEqual({
      'flags.keika_tags': ['担当者会議'],
      'flags.keika_contains_change_reason': true,
      'flags.contacted_hokatsu': true,
    });
  });
});
