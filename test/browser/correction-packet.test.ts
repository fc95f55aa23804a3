import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { CORRECTION_COVER, CORRECTION_NOTICE, PLACES } from '../../shared/vocabulary/correction.ts';
import { axe, openBrowser, savedFile, signInAs } from './browser.ts';
import { chosenZip, papersOf } from './bulk-person.ts';

// 補正セット, for an office that works offline: saved, filled in, packed anew by Windows, and dropped whole.
openBrowser();

const MISSING = 'サービス評価表.pdf';
/** A person of whom no other test here sends a month. */
const papers = papersOf('0000000411');
const isMissing = ({ name }: { name: string }) => name.endsWith(MISSING);

it('is saved from a returned packet, and comes back as the next version of that packet', async () => {
  const page = await signInAs('熊本見本居宅　大森');
  const lacking = papers.filter((one) => !isMissing(one));
  await page.getByLabel('ファイルを選ぶ').setInputFiles(chosenZip('9月の評価表なし.zip', lacking));
  const sent = page.getByRole('grid', { name: '9月の評価表なし.zip の結果' });
  await sent.getByText('返戻').waitFor();
  await sent.getByRole('rowheader').getByRole('link').click();
  await page.getByRole('heading', { name: '受け取った書類' }).waitFor();
  const set = Object.entries(unzipSync(await savedFile(page, '補正セット（ZIP）')));
  const names = set.map(([name]) => name);
  expect(names).toEqual(expect.arrayContaining([CORRECTION_NOTICE, CORRECTION_COVER]));
  const [place, ...others] = names.filter((name) => name !== `${PLACES}/` && name.startsWith(PLACES));
  expect(place).toContain('評価表');
  expect(others).toEqual([]);

  const filled = [
    ...set.map(([name, bytes]) => ({ name, bytes })),
    { name: `${place}${MISSING}`, bytes: papers.find(isMissing)!.bytes },
  ];
  await page.getByRole('link', { name: '送る', exact: true }).click();
  const byWindows = filled.map((part) => ({ ...part, names: 'cp932' as const }));
  await page.getByLabel('ファイルを選ぶ').setInputFiles(chosenZip('補正しました.zip', byWindows));
  const corrected = page.getByRole('grid', { name: '補正しました.zip の結果' });
  await corrected.getByText('受理').waitFor();
  expect(await axe(page)).toEqual([]);
  await corrected.getByRole('rowheader').getByRole('link').click();
  await page.getByText(`追加：${MISSING}`).waitFor();
  await page.getByText(/第2版.*受理 表示中/).waitFor();
  await page.getByText('最初の受付').waitFor();
});
