import { eraText } from '../calendar/wareki.ts';
import { newPdf, type PdfSheet } from '../text/new-pdf.ts';
import { printable } from '../text/printable.ts';
import type { Letter, LetterRow, LetterTable } from './letter.ts';

const A4 = { width: 595.28, height: 841.89 };
const MARGIN = 56;
const WIDTH = A4.width - 2 * MARGIN;
/** Lower end of the text; the page number is below it. */
const END = A4.height - MARGIN - 16;
const LABEL = 92;
const PAD = 5;
const SIZE = 10;
const LEADING = 3;
/** Letters of a cell that is drawn in one piece: about half a page. A longer one continues in the next row. */
const LONGEST_CELL = 900;
const RULE = '#8c8c8c';
const HEAD = '#f0f0f0';

/** A letter on A4 pages, each with number and page: what does not fit goes on to the next one. */
export async function drawLetter(letter: Letter): Promise<Uint8Array> {
  const { doc, end } = await newPdf({
    size: [A4.width, A4.height],
    margins: { top: MARGIN, bottom: 0, left: MARGIN, right: MARGIN },
    bufferPages: true,
    lang: 'ja-JP',
    info: {
      Title: `${letter.title} ${letter.number}`,
      CreationDate: new Date(`${letter.date}T00:00:00Z`),
    },
  });
  doc.font('regular').fontSize(SIZE);
  drawHead(doc, letter);
  drawRows(doc, letter.about);
  for (const { title, lines, tables } of letter.sections) {
    drawTitle(doc, title);
    for (const line of lines) drawText(doc, `・${line}`);
    for (const table of tables) drawTable(doc, table);
  }
  doc.y += 12;
  for (const line of letter.closing) drawText(doc, line, 8.5);
  numberPages(doc, letter.number);
  return end();
}

function drawHead(doc: PdfSheet, letter: Letter): void {
  doc
    .text(letter.number, { align: 'right', width: WIDTH })
    .text(eraText(letter.date), { align: 'right', width: WIDTH });
  doc.moveDown(1).fontSize(13);
  doc.text(printable(letter.addressee), MARGIN, doc.y, { width: WIDTH }).fontSize(SIZE).moveDown(0.5);
  for (const line of letter.sender)
    doc.text(printable(line), MARGIN + WIDTH / 2, doc.y, { width: WIDTH / 2, lineGap: 1 });
  doc.moveDown(1.2).font('bold').fontSize(19);
  doc.text(letter.title, MARGIN, doc.y, { align: 'center', width: WIDTH });
  doc.font('regular').fontSize(SIZE).moveDown(0.9);
  for (const line of letter.opening) drawText(doc, `　${line}`);
  doc.y += 8;
}

function drawText(doc: PdfSheet, text: string, size = SIZE): void {
  doc.font('regular').fontSize(size);
  const line = printable(text);
  const how = { width: WIDTH, lineGap: LEADING };
  for (const piece of pieces(line)) {
    makeRoom(doc, doc.heightOfString(piece, how));
    doc.text(piece, MARGIN, doc.y, how);
  }
  doc.y += 2;
}

function drawTitle(doc: PdfSheet, title: string): void {
  makeRoom(doc, 60);
  doc.y += 10;
  doc.font('bold').fontSize(12).text(`■ ${title}`, MARGIN, doc.y, { width: WIDTH });
  doc.y += 4;
}

function drawTable(doc: PdfSheet, { head, rows }: LetterTable): void {
  doc.font('bold').fontSize(SIZE);
  const how = { width: WIDTH - 2 * PAD, lineGap: LEADING };
  const [first = '', ...others] = pieces(printable(head));
  const height = doc.heightOfString(first, how) + 2 * PAD;
  const body = rows.flatMap(shortRows).reduce((sum, row) => sum + rowHeight(doc, row), height);
  // A table stays on one page where it fits on one; a longer one begins where its head and a row have room.
  makeRoom(doc, body <= END - MARGIN ? body : height + 40);
  doc.font('bold').fontSize(SIZE);
  const top = doc.y;
  doc.rect(MARGIN, top, WIDTH, height).lineWidth(0.6).fillAndStroke(HEAD, RULE);
  doc.fillColor('black').text(first, MARGIN + PAD, top + PAD, how);
  doc.y = top + height;
  drawRows(doc, [...others.map((text): LetterRow => ['', text]), ...rows]);
  doc.y += 8;
}

/** Labels and values, ruled. A row that does not fit goes to the next page whole. */
function drawRows(doc: PdfSheet, rows: LetterRow[]): void {
  for (const row of rows.flatMap(shortRows)) {
    const height = rowHeight(doc, row);
    makeRoom(doc, height);
    const top = doc.y;
    doc.rect(MARGIN, top, LABEL, height).lineWidth(0.6).fillAndStroke(HEAD, RULE);
    doc.rect(MARGIN + LABEL, top, WIDTH - LABEL, height).stroke(RULE);
    doc.fillColor('black').text(row[0], MARGIN + PAD, top + PAD, IN_LABEL);
    doc.text(row[1], MARGIN + LABEL + PAD, top + PAD, IN_VALUE);
    doc.y = top + height;
  }
}

const IN_LABEL = { width: LABEL - 2 * PAD };
const IN_VALUE = { width: WIDTH - LABEL - 2 * PAD, lineGap: LEADING };

function rowHeight(doc: PdfSheet, [label, value]: LetterRow): number {
  doc.font('regular').fontSize(SIZE);
  return Math.max(doc.heightOfString(value, IN_VALUE), doc.heightOfString(label, IN_LABEL)) + 2 * PAD;
}

const shortRows = ([label, value]: LetterRow): LetterRow[] =>
  pieces(value.split('\n').map(printable).join('\n')).map((piece, i) => [
    i === 0 ? label : `${label}（続き）`,
    piece,
  ]);

/** A text in pieces that each fit on a page. */
function pieces(text: string): string[] {
  const letters = [...text];
  const count = Math.max(1, Math.ceil(letters.length / LONGEST_CELL));
  return Array.from({ length: count }, (_, i) =>
    letters.slice(i * LONGEST_CELL, (i + 1) * LONGEST_CELL).join(''),
  );
}

function makeRoom(doc: PdfSheet, height: number): void {
  if (doc.y + height <= END) return;
  doc.addPage();
  doc.y = MARGIN;
}

/** 「番号 1 / 3」 at the foot of each page. */
function numberPages(doc: PdfSheet, number: string): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    doc.font('regular').fontSize(8.5);
    doc.text(`${number}　${page + 1} / ${count}`, MARGIN, A4.height - MARGIN + 8, {
      width: WIDTH,
      align: 'center',
      lineBreak: false,
    });
  }
}
