import { expect, it } from 'vitest';
import { headlineOf } from '../../../../shared/records/views/review-item.ts';
import { aFinding } from '../../../builders/a-verdict.ts';

const FILE = '0000000101_見本 花子/UPYOBO_0870100013_43_0800100018_46_20240601090000.CSV';

it('says what is asked before a long file name fills the line', () => {
  const message = `「要支援・要介護認定」が、${FILE} 2行目（要支援2）、送付票（要支援1）で違います。`;
  expect(headlineOf([aFinding({ message, where: { file: FILE, row: 2 } })])).toBe(
    '「要支援・要介護認定」が、UPYOBO 2行目（要支援2）、送付票（要支援1）で違います。',
  );
});

it('shortens every file of a finding, also one whose name begins another', () => {
  const message = '月/計画.pdf と 月/計画.pdf.pdf が同じです。';
  const finding = aFinding({ message, where: { file: '月/計画.pdf' }, also: [{ file: '月/計画.pdf.pdf' }] });
  expect(headlineOf([finding])).toBe('計画.pdf と 計画.pdf.pdf が同じです。');
});

it('is the reason of an involvement where nothing was found', () => {
  expect(headlineOf([], '事業所が助言を求めている')).toBe('事業所が助言を求めている');
});
