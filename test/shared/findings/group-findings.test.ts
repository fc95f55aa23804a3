import { describe, expect, it } from 'vitest';
import { fileFinding } from '../../../shared/findings/finding.ts';
import { groupFindings } from '../../../shared/findings/group-findings.ts';

const encoding = (file: string) =>
  fileFinding('F_CSV_ENCODING', 'info', { file }, `${file}: UTF-8で書かれています。`, '対応は不要です。');
const empty = (file: string, row: number, column: string) =>
  fileFinding(
    'F_CSV_REQUIRED',
    'error',
    { file, row, column_name: column },
    `${file} ${row}行目「${column}」: 空です。`,
    '入力してください。',
  );

describe('groupFindings', () => {
  it('takes a hundred thousand files with one fault', () => {
    const files = Array.from({ length: 100_000 }, (_, i) => `a/${i}.CSV`);
    const [one, ...rest] = groupFindings(files.map(encoding));
    expect(rest).toEqual([]);
    expect(one!.also).toHaveLength(files.length - 1);
  });

  it('reports the same fault of several files once, counts them and keeps every place', () => {
    const [one, ...rest] = groupFindings(['a/1.CSV', 'a/2.CSV', 'a/3.CSV'].map(encoding));
    expect(rest).toEqual([]);
    expect(one!.message).toBe(
      'a/1.CSV: UTF-8で書かれています。同じことが、ほかに2ファイルにあります（2.CSV、3.CSV）。',
    );
    expect([one!.where, ...one!.also!].map((w) => w.file)).toEqual(['a/1.CSV', 'a/2.CSV', 'a/3.CSV']);
  });

  it('keeps faults of different columns separate', () => {
    expect(groupFindings([empty('a.CSV', 1, '氏名'), empty('a.CSV', 1, '性別')])).toHaveLength(2);
  });

  it('sorts findings that return the packet first', () => {
    const codes = groupFindings([encoding('a.CSV'), empty('b.CSV', 2, '氏名')]).map((f) => f.severity);
    expect(codes).toEqual(['error', 'info']);
  });

  it('reports an exact repeat once without counting it', () => {
    const [one] = groupFindings([encoding('a.CSV'), encoding('a.CSV')]);
    expect(one!.also).toBeUndefined();
  });
});
