import { describe, expect, it } from 'vitest';
import type { ReadDocument } from '../../../shared/documents/document.ts';
import { quarantineMyNumber } from '../../../shared/documents/quarantine.ts';
import { readDocuments } from '../../../shared/documents/read-documents.ts';
import {
  findMyNumbers,
  isMyNumber,
  maskMyNumbers,
  myNumbersInPicture,
} from '../../../shared/text/my-number.ts';
import { cp932 } from '../../builders/cp932.ts';

/** No one's number: eleven made-up digits and the check digit that belongs to them. */
const BODY = '99999000001';
const withCheckDigit = (body: string): string => {
  for (let digit = 0; digit < 10; digit++) if (isMyNumber(`${body}${digit}`)) return `${body}${digit}`;
  throw new Error('no check digit');
};
const NUMBER = withCheckDigit(BODY);
const WRONG = `${BODY}${(Number(NUMBER[11]) + 1) % 10}`;
const wide = (text: string): string =>
  text.replace(/[0-9]/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));

const document = (over: Partial<ReadDocument> = {}): ReadDocument => ({
  file: '届出書.pdf',
  kind: 'kaigo_yobo_todoke',
  title: '届出書',
  read_by: 'text',
  pages: { from: 1, to: 1 },
  rows: 0,
  outcome: 'used',
  digest: 'd',
  readings: [{ field: 'name', value: '見本 花子', raw: '見本 花子', where: { file: '届出書.pdf', page: 1 } }],
  findings: [],
  ...over,
});

describe('isMyNumber', () => {
  it('accepts the worked example of the check digit', () => {
    // the weights of the ordinance, from the left
    const weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    const body = '12345678901';
    const rest = [...body].reduce((sum, d, i) => sum + Number(d) * (weights[i] as number), 0) % 11;
    const check = rest <= 1 ? 0 : 11 - rest;
    expect(isMyNumber(`${body}${check}`)).toBe(true);
    expect(isMyNumber(`${body}${(check + 1) % 10}`)).toBe(false);
  });
  it('refuses twelve times the same digit, which belongs to no one', () => {
    expect(isMyNumber('000000000000')).toBe(false);
  });
});

describe('findMyNumbers', () => {
  it.each([
    ['in one piece', `個人番号 ${NUMBER}`],
    ['in groups of four', `個人番号：${NUMBER.slice(0, 4)} ${NUMBER.slice(4, 8)} ${NUMBER.slice(8)}`],
    ['with dashes', `マイナンバー ${NUMBER.slice(0, 4)}-${NUMBER.slice(4, 8)}-${NUMBER.slice(8)}`],
    ['one digit to a box', `個人番号\t${[...NUMBER].join('\t')}`],
    ['in full-width digits', `個　人　番　号　${wide(NUMBER)}`],
    ['before another number', `個人番号 ${NUMBER}\t被保険者番号 0000000101`],
    ['before another number without a label', `個人番号 ${NUMBER} 0000000101`],
    ['after a remark', `個人番号（12桁）\t${NUMBER}`],
  ])('finds a number %s', (_how, line) => {
    expect(findMyNumbers(['届出書', line])).toEqual([1]);
  });

  it('finds a number beneath its label', () => {
    expect(findMyNumbers(['氏名\t個人番号', `見本 花子\t${NUMBER}`])).toEqual([1]);
    expect(findMyNumbers(['個人番号', NUMBER])).toEqual([1]);
  });
  it('finds a number in its column far below the heading of a table', () => {
    const rows = ['0000000101\t見本 花子\t', '0000000102\t見本 太郎\t', `0000000103\t見本 次郎\t${NUMBER}`];
    expect(findMyNumbers(['被保険者番号\t氏名\t個人番号', ...rows])).toEqual([3]);
  });

  it.each([
    ['a wrong check digit', `個人番号 ${WRONG}`],
    ['an empty field before a phone number', '個人番号　　　電話番号 096-123-4567'],
    ['a phone number with the country', '個人番号 +81-90-1234-5678'],
    ['the number of another label', `個人番号　　　保険者番号 ${NUMBER}`],
    ['twelve digits without the label', `管理番号 ${NUMBER}`],
    ['a longer number', `個人番号 ${NUMBER}7`],
    ['a sentence about it', '個人番号の記入は不要です。'],
  ])('leaves %s alone', (_what, line) => {
    expect(findMyNumbers([line])).toEqual([]);
  });
});

describe('myNumbersInPicture', () => {
  const GROUPS = [NUMBER.slice(0, 4), NUMBER.slice(4, 8), NUMBER.slice(8)].join(' ');
  it.each([
    ['as a card prints it, without a label', [GROUPS]],
    ['beside its label with a digit misread', [`個人番号 ${WRONG}`]],
    ['beneath its label', ['個人番号カード', GROUPS]],
  ])('finds a number %s', (_how, lines) => {
    expect(myNumbersInPicture(lines)).not.toEqual([]);
  });
  it.each([
    ['a number of ten digits', ['被保険者番号 0000000101']],
    ['a phone number', ['電話 0246-12-3456']],
    ['twelve digits in one piece without a label', [NUMBER]],
  ])('leaves %s alone', (_what, lines) => {
    expect(myNumbersInPicture(lines)).toEqual([]);
  });
});

describe('maskMyNumbers', () => {
  it('leaves no digit of the number and every other digit', () => {
    const [masked] = maskMyNumbers([`被保険者番号 0000000101 個人番号 ${wide(NUMBER)} 令和6年7月1日`]);
    expect(masked).toBe('被保険者番号 0000000101 個人番号 ＊＊＊＊＊＊＊＊＊＊＊＊ 令和6年7月1日');
  });
});

describe('quarantineMyNumber', () => {
  const lines = [
    { text: '届出書', page: 1 },
    { text: `個人番号 ${NUMBER}`, page: 2 },
  ];
  it('sets the document aside with everything read from it, and says where', () => {
    const set = quarantineMyNumber(document(), lines);
    expect(set.outcome).toBe('quarantined');
    expect(set.readings).toEqual([]);
    expect(set.findings).toMatchObject([
      { code: 'F_FILE_MYNUMBER', severity: 'error', where: { file: '届出書.pdf', page: 2 } },
    ]);
    expect(set.findings[0]?.remedy).toContain('塗りつぶす');
  });
  it('never repeats the number', () => {
    const quoting = document({
      findings: [
        {
          code: 'F_CSV_VALUE',
          severity: 'warn',
          rule: null,
          rules: [],
          edition: null,
          citation: null,
          where: { row: 3 },
          message: `値「${NUMBER}」が正しくありません。`,
          remedy: '',
        },
      ],
    });
    expect(JSON.stringify(quarantineMyNumber(quoting, lines))).not.toContain(NUMBER);
  });
  it('returns a document without a number as it is', () => {
    const plain = document();
    expect(quarantineMyNumber(plain, [{ text: '個人番号　　　（記入不要）' }])).toBe(plain);
  });
});

describe('a CSV file with a 個人番号', () => {
  const file = (text: string, encoding: 'utf8' | 'cp932' = 'utf8') => {
    const bytes = encoding === 'utf8' ? Buffer.from(text, 'utf8') : cp932(text);
    return { path: '一覧.csv', digest: 'd', size: bytes.length, read: async () => bytes };
  };
  const read = async (text: string, encoding?: 'utf8' | 'cp932') =>
    readDocuments({ name: '', digest: '', files: [file(text, encoding)], findings: [], rejected: [] });
  const rows = `被保険者番号,氏名,個人番号\r\n0000000101,"見本　花子",\r\n0000000102,"見本　太郎","${NUMBER}"\r\n`;
  it.each(['utf8', 'cp932'] as const)('is set aside with its row, written in %s', async (encoding) => {
    const [document] = await read(rows, encoding);
    expect(document).toMatchObject({ outcome: 'quarantined', readings: [] });
    expect(document?.findings.find(({ code }) => code === 'F_FILE_MYNUMBER')?.where).toMatchObject({
      row: 3,
    });
    expect(JSON.stringify(document)).not.toContain(NUMBER);
  });
  it('is read like any other when the digits only look like one', async () => {
    const [document] = await read(rows.replace(NUMBER, WRONG));
    expect(document?.outcome).not.toBe('quarantined');
  });
});
