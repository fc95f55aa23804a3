import { PDFDocument } from '@cantoo/pdf-lib';
import { expect, it } from 'vitest';
import { drawCoverSheets } from '../../../shared/cover-sheet/draw-cover-sheets.ts';
import { decideFiles, exported } from '../../builders/office-export.ts';
import { embeddedPdf, row } from '../../builders/pdf.ts';

const PEOPLE = ['花子', '太郎'].map((name, i) => ({
  ...{ number: `000778000${i + 1}`, name: `見本　${name}`, month: '202406', services: ['A21111', '631111'] },
}));

/** Papers of each person after a 送付票 of theirs, printed into one PDF. */
async function stack(): Promise<Uint8Array> {
  const all = await PDFDocument.create();
  for (const { number } of PEOPLE) {
    const sheet = {
      ...{ city: 'mito', office_number: '0870100013', insured_number: number },
      ...{ service_month: '2024-06', event: 'continuing' },
    };
    const card = [{ text: '介護保険被保険者証', size: 14 }, row('番号', number), row('氏名', '')];
    for (const bytes of [await drawCoverSheets([sheet]), await embeddedPdf([card])]) {
      const one = await PDFDocument.load(bytes);
      for (const page of await all.copyPages(one, one.getPageIndices())) all.addPage(page);
    }
  }
  return all.save();
}

it('a stack of papers with 送付票 beside a CSV of its persons joins the month of each', async () => {
  const unit = {
    ...exported('UPPLAN', PEOPLE),
    ...exported('UPJSK', PEOPLE),
    ...exported('UPHOSOKU', PEOPLE),
  };
  const { verdicts, ledger } = await decideFiles({ ...unit, '束.pdf': await stack() });
  expect(verdicts.map((one) => [one.insured_number, one.service_month, one.decision])).toEqual([
    ['0007780001', '2024-06', 'accept'],
    ['0007780002', '2024-06', 'accept'],
  ]);
  const kinds = verdicts.map(({ documents }) => documents.map(({ kind }) => kind));
  for (const of of kinds) expect(of).toEqual(expect.arrayContaining(['cover_sheet', 'hihokenshasho']));
  expect(ledger).toMatchObject({ isClosed: true, open: 0 });
});
