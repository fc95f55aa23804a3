import { describe, expect, it } from 'vitest';
import { compactLine, plainText } from '../../../../../shared/documents/forms/text/compact-line.ts';
import { formText } from '../../../../../shared/documents/forms/text/form-text.ts';
import { valuesOf } from '../../../../../shared/documents/forms/text/value-beside.ts';
import { asPages, type PageLines, row } from '../../../../builders/pdf.ts';

const beside = (lines: PageLines, label: string, labels: string[] = []): string[] =>
  valuesOf(formText('a.pdf', asPages(lines), labels), label).map(({ text }) => text);

describe('valuesOf', () => {
  it.each([
    ['beside its label', [row('氏名', '見本 花子')], '氏名', '見本花子'],
    ['after a colon', ['氏名：見本 花子'], '氏名', '見本花子'],
    ['when the label is spread out', ['氏　　　名　　　見本 花子'], '氏名', '見本花子'],
    [
      'when each letter of the label is separate',
      [
        [
          { text: '氏', x: 40 },
          { text: '名', x: 90 },
          { text: '見本 花子', x: 180 },
        ],
      ],
      '氏名',
      '見本花子',
    ],
    ['up to the next label', [row('氏名', '見本 花子', '性別', '女')], '氏名', '見本花子'],
    [
      'after a remark in brackets',
      ['計画作成（変更）日（初回作成日）　令和6年6月5日'],
      '計画作成（変更）日',
      '令和6年6月5日',
    ],
    ['in the row under a heading row', [row('氏名', '性別'), row('見本 花子', '女')], '氏名', '見本花子'],
    [
      'when label and value differ a little in height',
      [
        { text: '住所', x: 40, y: 100 },
        { text: '水戸市見本町', x: 180, y: 107 },
      ],
      '住所',
      '水戸市見本町',
    ],
  ] as [string, PageLines, string, string][])('returns a value %s', (_name, lines, label, expected) => {
    expect(beside(lines, label)).toContain(expected);
  });

  it('returns an empty value for an empty field', () => {
    expect(beside([row('氏名', '', '性別', '女'), row('住所', '水戸市')], '氏名')).toEqual(['']);
  });

  it('does not take a label for part of a longer word', () => {
    expect(beside(['被保険者番号 0000000101'], '保険者番号')).toEqual([]);
    expect(beside(['氏名欄に記入してください'], '氏名')).toEqual([]);
  });

  it('keeps a value in the row above out of an empty field', () => {
    expect(beside([row('電話番号', '000-000-0000'), row('続柄', '')], '続柄')).toEqual(['']);
  });
});

describe('compactLine', () => {
  it('remembers where every letter stood', () => {
    const [page] = asPages([
      [
        { text: '０ ０', x: 100 },
        { text: '１', x: 200 },
      ],
    ]);
    const line = compactLine(page!.lines[0]!, 1);
    expect(line.text).toBe('001');
    expect(line.gaps).toEqual([3, 1, 2]);
    expect(line.xs[2]).toBe(200);
  });
});

describe('plainText', () => {
  it.each([
    ['ｶﾞｲﾄﾞ', 'ガイド'],
    ['氏　名', '氏名'],
    ['【モニタリング】', '[モニタリング]'],
    ['〈会議〉', '<会議>'],
    ['⽒⻑', '氏長'],
    ['髙橋', '髙橋'],
    ['令和６年４月１日～', '令和6年4月1日~'],
  ])('returns %s as %s', (text, expected) => {
    expect(plainText(text)).toBe(expected);
  });
});
