import { describe, expect, it } from 'vitest';
import { dropGhosts, repairLines, repairWord } from '../../../../shared/documents/ocr/repair-text.ts';
import type { TextLine } from '../../../../shared/documents/pages/page-text.ts';

const line = (...texts: string[]): TextLine => ({
  cells: texts.map((text, i) => ({ text, x: 100 * i + 50, right: 100 * i + 90, y: 10, size: 10 })),
  text: texts.join('\t'),
  y: 10,
  size: 10,
});
const repaired = (...texts: string[]): string | undefined => repairLines([line(...texts)])[0]?.text;
const letters = (text: string) => [...text].map((letter) => ({ text: letter }));
const textOf = (of: { text: string }[]): string => of.map(({ text }) => text).join('');

describe('repairWord', () => {
  it('reads 令和 where another character precedes 和 at a year', () => {
    expect(repairWord('信和6年3月')).toBe('令和6年3月');
  });
  it('takes a letter too many out of the name of a city of this desk', () => {
    expect(repairWord('いわさき市見本区')).toBe('いわき市見本区');
  });
  it.each(['いわき市', '岩崎いわさき', '昭和15年3月', '大和町2番', '平和'])('leaves %s alone', (text) => {
    expect(repairWord(text)).toBe(text);
  });
});

describe('repairLines', () => {
  it.each([
    [['令和6年3月22', '日氏名', '見本'], '令和6年3月22日\t氏名\t見本'],
    [['令和6年3月22　　日氏名'], '令和6年3月22日　　氏名'],
    [['計画作成日令', '和6年3月22日'], '計画作成日\t令和6年3月22日'],
    [['6月14', '日曜'], '6月14\t日曜'],
  ])('keeps a date together: %s', (cells, wanted) => {
    expect(repaired(...cells)).toBe(wanted);
  });
  it.each([
    [['介護予防福祉用具貨全671007'], '介護予防福祉用具貸与671007'],
    [['介護予防訪問独護　\n631111'], '介護予防訪問看護　\n631111'],
    [['介護予防訪問独護', '631111'], '介護予防訪問看護\t631111'],
    [['訪問型独自サービス１１', 'A21111'], '訪問型独自サービス１１\tA21111'],
    [['介護予防訪問独護', '見本'], '介護予防訪問独護\t見本'],
  ])('reads a misread name of a service by the code beside it: %s', (cells, wanted) => {
    expect(repaired(...cells)).toBe(wanted);
  });
  it.each(['へ', 'ー', '一', '〜', ''])('puts the wave between two dates where 「%s」 was read', (wave) => {
    expect(repaired(`令和6年1月1日${wave}令和6年12月31日`)).toBe('令和6年1月1日～令和6年12月31日');
  });
  it.each([
    ['R6.1.1ーR6.12.31', 'R6.1.1～R6.12.31'],
    ['R6.1.1R6.12.31', 'R6.1.1～R6.12.31'],
    ['2024年1月1日へ2024年12月31日', '2024年1月1日～2024年12月31日'],
    ['2024/01/01一2024/12/31', '2024/01/01～2024/12/31'],
    ['0000ー00ー1201', '0000ー00ー1201'],
  ])('parts the two dates of %s and no number', (text, wanted) => {
    expect(repaired(text)).toBe(wanted);
  });
  it.each(['ぐモニタリングッ>', '＜モニタリング＞', 'くモニタリング>'])('reads the mark in %s', (text) => {
    expect(repaired(`${text}自宅を訪問`)).toBe('＜モニタリング＞自宅を訪問');
  });
  it('reads the mark where its closing bracket is in the next cell', () => {
    expect(repaired('くサービス担当者会議', '>事業所で開催')).toBe('＜サービス担当者会議＞\t事業所で開催');
  });
  it('leaves the same word in a sentence alone', () => {
    expect(repaired('モニタリングを行った')).toBe('モニタリングを行った');
  });
  it('numbers the rows of a 基本チェックリスト when all twenty-five are there', () => {
    const rows = Array.from({ length: 25 }, (_, i) => line(`問い${i}`, '□はい', '■いいえ'));
    const numbered = repairLines([line('基本チェックリスト'), ...rows]);
    expect(numbered[1]?.text).toBe('1\t問い0\t□はい\t■いいえ');
    expect(numbered[25]?.cells[0]?.text).toBe('25');
  });
  it('numbers none when a row is missing, since every number after it would be wrong', () => {
    const rows = Array.from({ length: 24 }, (_, i) => line(`問い${i}`, '□はい', '■いいえ'));
    expect(repairLines(rows)).toEqual(rows);
  });
});

describe('dropGhosts', () => {
  it('drops the roof of 令 that was read twice', () => {
    expect(textOf(dropGhosts(letters('有効期間人令和6年')))).toBe('有効期間令和6年');
  });
  it('keeps 本人 before a date', () => {
    expect(textOf(dropGhosts(letters('本人令和6年')))).toBe('本人令和6年');
  });
});
