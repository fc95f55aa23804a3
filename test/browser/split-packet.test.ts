import { PDFParse } from 'pdf-parse';
import { beforeAll, expect, it } from 'vitest';
import { exported, type PersonMonth } from '../builders/office-export.ts';
import { embeddedPdf, type PageLines, row } from '../builders/pdf.ts';
import { zipOf } from '../builders/zip.ts';
import { openBrowser, signInAs } from './browser.ts';

// Packets split out of one CSV and one PDF for everybody: each shows its own pages.
openBrowser();

const NAME = '全員分.zip';
const PEOPLE: PersonMonth[] = ['太郎', '花子'].map((name, i) => ({
  ...{ number: `000778500${i + 1}`, name: `見本　${name}`, month: '202406', services: ['A21111', '631111'] },
}));
const [TARO, HANAKO] = PEOPLE.map(({ number }) => number) as [string, string];
/** addresses of the packets, by number */
const addresses = new Map<string, string>();

beforeAll(async () => {
  const card = ({ number, name }: PersonMonth): PageLines => [
    { text: '介護保険被保険者証', size: 14 },
    row('番号', number),
    row('氏名', name),
  ];
  const [taro, hanako] = PEOPLE.map(card) as [PageLines, PageLines];
  const pdf = await embeddedPdf([taro, hanako, [`裏面 ${HANAKO}`]]);
  const csv = (['UPPLAN', 'UPJSK', 'UPHOSOKU'] as const).map((type) => exported(type, PEOPLE));
  const page = await signInAs('水戸見本居宅　青木');
  await page.getByLabel('ファイルを選ぶ').setInputFiles({
    ...{ name: NAME, mimeType: 'application/zip' },
    buffer: Buffer.from(zipOf(Object.assign({}, ...csv, { '被保険者証.pdf': pdf }))),
  });
  const grid = page.getByRole('grid', { name: `${NAME} の結果` });
  for (const { number } of PEOPLE) {
    const link = grid.getByRole('rowheader').getByRole('link', { name: new RegExp(number) });
    addresses.set(number, (await link.getAttribute('href'))!);
  }
  await page.close();
});

it.each([
  ['one page', [1], TARO, HANAKO],
  ['two pages', [2, 3], HANAKO, TARO],
])('opens the PDF at its own %s, and gets no other', async (_pages, sent, own, other) => {
  const id = /packets\/([^/?]+)/.exec(addresses.get(own)!)?.[1];
  const reviewer = await signInAs('運用　工藤');
  const fetched = reviewer.waitForResponse(
    async (response) =>
      response.url().includes(`/packets/${id}/files/`) &&
      response.ok() &&
      (await response.body()).subarray(0, 5).toString() === '%PDF-',
  );
  await reviewer.goto(new URL(`#/hokatsu/documents/${id}`, reviewer.url()).href);
  await reviewer
    .getByRole('navigation', { name: '書類' })
    .getByRole('listitem')
    .filter({ hasText: '被保険者証.pdf' })
    .getByRole('button')
    .first()
    .click();
  for (const [i, number] of sent.entries()) {
    if (i > 0) await reviewer.getByRole('button', { name: '次へ' }).click();
    await reviewer.getByText(`${i + 1}／${sent.length}ページ（送られたファイルの${number}ページ）`).waitFor();
    await reviewer.getByRole('img', { name: `被保険者証.pdf ${number}ページ` }).waitFor();
  }
  expect(await reviewer.getByRole('button', { name: '次へ' }).isDisabled()).toBe(true);
  const parser = new PDFParse({ data: await (await fetched).body() });
  const { text, total } = await parser.getText();
  await parser.destroy();
  expect(total).toBe(sent.length);
  expect(text).toContain(own);
  expect(text).not.toContain(other);
  await reviewer.close();
});
