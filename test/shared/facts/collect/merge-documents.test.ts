import { describe, expect, it } from 'vitest';
import type { ReadDocument } from '../../../../shared/documents/document.ts';
import { mergeDocuments } from '../../../../shared/facts/collect/merge-documents.ts';
import { fileFinding } from '../../../../shared/findings/finding.ts';
import { aDocument } from '../../../builders/a-document.ts';
import { coverFacts } from '../../../builders/some-facts.ts';

const merge = (documents: ReadDocument[], declared: string[] = []) => {
  const { facts, findings } = mergeDocuments({ documents, cover: coverFacts({ documents: declared }) });
  return { kinds: facts[0]?.value, paths: facts.map((f) => f.path), findings };
};
const picture = () =>
  aDocument({
    file: 'photo.jpg',
    read_by: 'none',
    findings: [fileFinding('F_FILE_IMAGE', 'review', {}, '画像です。', '')],
  });

describe('mergeDocuments', () => {
  it('knows that no document arrived', () => {
    expect(merge([])).toEqual({ kinds: [], paths: ['documents'], findings: [] });
  });

  it('counts each kind once, and a sheet with two forms under both', () => {
    const sheet = aDocument({ kind: 'riyohyo', also: ['riyohyo_beppyo'] });
    expect(merge([sheet, sheet])).toMatchObject({
      kinds: ['riyohyo', 'riyohyo_beppyo'],
      paths: ['documents', 'document.riyohyo', 'document.riyohyo_beppyo'],
    });
  });

  it('does not count a duplicate', () => {
    expect(merge([aDocument({ kind: 'riyohyo', outcome: 'duplicate' })]).kinds).toEqual([]);
  });

  it('believes the cover in what no file can be', () => {
    expect(merge([], ['care_plan_original'])).toMatchObject({ kinds: ['care_plan_original'], findings: [] });
  });

  it('warns of a declared document that is missing and does not count it', () => {
    const { kinds, findings } = merge([], ['hyokahyo']);
    expect(kinds).toEqual([]);
    expect(findings).toMatchObject([{ code: 'F_PACKET_DECLARED', severity: 'warn' }]);
  });

  it('counts it and asks a person to look while a file is not recognised', () => {
    const { kinds, findings } = merge([picture()], ['hyokahyo']);
    expect(kinds).toEqual(['hyokahyo']);
    expect(findings).toMatchObject([{ code: 'F_PACKET_DECLARED', severity: 'review' }]);
  });

  it('takes a declared copy for the document it is a copy of', () => {
    expect(merge([aDocument({ kind: 'riyohyo' })], ['riyohyo_copy']).findings).toEqual([]);
  });
});
