import qrcode from 'qrcode';
import { newPdf, type PdfSheet } from '../text/new-pdf.ts';
import { type CoverSheet, encodeCover } from '../vocabulary/cover-code.ts';
import { cityLabel, eventLabel } from '../vocabulary/labels.ts';

const A4 = { width: 595.28, height: 841.89 };
const MARGIN = 56;
/** Side of the code: dots of 0.9 mm, five pixels of a scan at 150 dpi. */
const CODE = 115;
/** The standard wants four dots of white around a code. */
const QUIET = 4;

const HOW_TO = [
  'この用紙を、利用者お一人の一回分の書類の一番上に置いて、まとめてスキャンしてください。',
  '何人分かを続けてスキャンするときは、お一人ごとにこの用紙を挟みます。次の用紙までが、お一人の書類になります。',
  'この用紙には書き込まず、折り目や汚れがコードにかからないようにしてください。',
  '氏名は書かれていません。書類の氏名と番号が合っているかは、受付で確かめます。',
];

/** A PDF (A4) with one 送付票 on each page. */
export async function drawCoverSheets(covers: CoverSheet[]): Promise<Uint8Array> {
  const { doc, end } = await newPdf({ autoFirstPage: false, info: { Title: '送付票' } });
  for (const cover of covers) drawSheet(doc, cover);
  return end();
}

function drawSheet(doc: PdfSheet, cover: CoverSheet): void {
  doc.addPage({ size: [A4.width, A4.height], margin: 0 });
  doc.font('bold').fontSize(28).text('送付票', MARGIN, MARGIN, { lineBreak: false });
  doc
    .font('regular')
    .fontSize(10)
    .text('介護予防支援・介護予防ケアマネジメント', MARGIN, MARGIN + 42, { lineBreak: false });
  const code = encodeCover(cover);
  drawCode(doc, code, A4.width - MARGIN - CODE, MARGIN);
  let y = MARGIN + CODE + 40;
  for (const [label, value] of readable(cover)) {
    doc
      .rect(MARGIN, y, A4.width - 2 * MARGIN, 40)
      .lineWidth(0.7)
      .stroke('black');
    doc
      .moveTo(MARGIN + 130, y)
      .lineTo(MARGIN + 130, y + 40)
      .stroke('black');
    doc
      .fillColor('black')
      .font('regular')
      .fontSize(11)
      .text(label, MARGIN + 10, y + 14, { lineBreak: false });
    doc
      .font('bold')
      .fontSize(18)
      .text(value, MARGIN + 145, y + 10, { lineBreak: false });
    y += 40;
  }
  y += 30;
  doc.font('regular').fontSize(10.5);
  for (const [i, line] of HOW_TO.entries()) {
    doc.text(`${i + 1}. ${line}`, MARGIN, y, { width: A4.width - 2 * MARGIN, lineGap: 3 });
    y = doc.y + 6;
  }
  // for people and programs that cannot see the code
  doc
    .fontSize(8)
    .fillColor('#444')
    .text(code, MARGIN, A4.height - MARGIN, { lineBreak: false });
  doc.fillColor('black');
}

const readable = (cover: CoverSheet): [string, string][] => [
  ['市', cityLabel(cover.city)],
  ['事業所番号', cover.office_number],
  ['被保険者番号', cover.insured_number],
  ['サービス提供月', monthName(cover.service_month)],
  ['提出の理由', cover.event ? eventLabel(cover.event) : '（書類から読み取ります）'],
];

const monthName = (month: string): string => `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`;

function drawCode(doc: PdfSheet, code: string, x: number, y: number): void {
  const { modules } = qrcode.create(code, { errorCorrectionLevel: 'M' });
  const dot = CODE / (modules.size + 2 * QUIET);
  doc.fillColor('black');
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) doc.rect(x + (column + QUIET) * dot, y + (row + QUIET) * dot, dot, dot);
  doc.fill('black');
}
