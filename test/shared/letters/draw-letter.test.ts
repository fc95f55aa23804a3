import { PDFParse } from 'pdf-parse';
import { expect, it } from 'vitest';
import { drawLetter } from '../../../shared/letters/draw-letter.ts';
import type { Letter } from '../../../shared/letters/letter.ts';
import { composeNotice } from '../../../shared/letters/notice.ts';
import { noticeLetter } from '../../../shared/letters/notice-letter.ts';
import { aNoticeContext } from '../../builders/a-notice.ts';
import { aFinding, aVerdict } from '../../builders/a-verdict.ts';

/** The text of each page, without the breaks of its lines. */
async function pagesOf(letter: Letter): Promise<string[]> {
  const parser = new PDFParse({ data: await drawLetter(letter) });
  const { pages } = await parser.getText();
  await parser.destroy();
  return pages.map(({ text }) => text.replace(/\s/g, ''));
}

const findings = Array.from({ length: 40 }, (_, n) =>
  aFinding({ rule: `MIT-R${n}`, remedy: `${n}番目の書類を、署名のあるものに差し替えて送ってください。` }),
);
const notice = (context = {}) =>
  noticeLetter(
    composeNotice(
      aVerdict({ decision: 'return', findings, missing_documents: ['riyohyo_copy'] }),
      aNoticeContext(context),
    ),
  );

it('names sender, addressee, number, date and the day for a correction', async () => {
  const [first] = await pagesOf(notice({ correction_days: 14 }));
  for (const part of [
    '不備通知書',
    '見本居宅介護支援事業所御中',
    '水戸市',
    '見本包括',
    '電話000-000-0001',
    'R20260612-7K3F9QXT-1',
    '令和8年6月12日',
    '令和8年6月26日までに補正してください',
    '利用票の写しがありません。',
  ])
    expect(first).toContain(part);
});

it('where the city sets no day, tells so', async () => {
  expect((await pagesOf(notice()))[0]).toContain('補正の期限は定められていません');
});

it('continues on further pages, each with its number, and leaves no finding out', async () => {
  const pages = await pagesOf(notice());
  expect(pages.length).toBeGreaterThan(3);
  for (const [i, page] of pages.entries()) expect(page).toContain(`${i + 1}/${pages.length}`);
  const all = pages.join('');
  for (const { remedy } of findings) expect(all).toContain(remedy);
});

it('divides a text that is longer than a page', async () => {
  const long = `${'長い説明'.repeat(1500)}終わり`;
  const about: Letter['about'] = [['説明', long]];
  const letter: Letter = {
    ...notice(),
    about,
    sections: [{ title: '補足', lines: [long], tables: [{ head: long, rows: [] }] }],
  };
  const pages = await pagesOf(letter);
  expect(pages.join('').split('終わり')).toHaveLength(4);
});
