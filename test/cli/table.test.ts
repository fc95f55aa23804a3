import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { fitToWidth, table } from '../../cli/table.ts';

describe('a table on the terminal', () => {
  it('counts kanji as two columns and combining marks as none', () => {
    expect(stringWidth('受付a')).toBe(5);
    expect(stringWidth('ｱ')).toBe(1);
    expect(stringWidth('か\u3099')).toBe(2);
  });

  it('cuts and pads to the column', () => {
    expect(fitToWidth('介護予防支援', 7)).toBe('介護予…');
    expect(fitToWidth('46', 5, 'right')).toBe('   46');
  });

  it('aligns its columns', () => {
    const lines = table(
      [{ title: '市' }, { title: '数', align: 'right' }],
      [{ cells: ['水戸市', '1'] }, { cells: ['a', '10'] }],
    ).split('\n');
    expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1);
  });

  it('shows no control letter of a name', () => {
    const text = table(
      [{ title: '送付物' }],
      [{ cells: ['\u001b[2J\u0007x\n受理　100'], notes: ['a\u009bb'] }],
    );
    expect(text.split('\n')).toHaveLength(4);
    expect(text).toContain('␣[2J␣x␣受理　100');
    expect(text).toContain('a␣b');
  });
});
