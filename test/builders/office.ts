import { CFB, utils, type WorkSheet, write } from '@e965/xlsx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/* 評価表 as a workbook and as a text of Word, as their programs write them, with what a test changes in them. */

const TITLE = '介護予防支援・介護予防ケアマネジメント サービス評価表';
export const rows = (name = '見本　花子'): unknown[][] => [
  [TITLE],
  ['評価日', '令和6年6月2日', '被保険者番号', '0000000101'],
  ['利用者氏名', name, '計画作成者氏名', '見本 太郎'],
  ['目標', '評価期間', '目標達成状況', '目標 達成/未達成'],
  ['今後の方針', '□ プラン継続　■ プラン変更　□ 終了'],
];
type Change = (sheet: WorkSheet, book: ReturnType<typeof utils.book_new>) => void;

/** A workbook with the form on one sheet. */
export function workbook(
  change: Change = () => {},
  bookType: 'xlsx' | 'xlsm' | 'biff8' | 'ods' = 'xlsx',
): Uint8Array {
  const book = utils.book_new();
  const sheet = utils.aoa_to_sheet(rows());
  utils.book_append_sheet(book, sheet, '評価表');
  change(sheet, book);
  return new Uint8Array(
    write(book, {
      type: 'array',
      bookType,
      cellStyles: true,
      compression: bookType !== 'ods',
    }) as ArrayBuffer,
  );
}

/** A workbook of before 2007 whose fonts (records of 0x31, with their heads) are changed. */
export function withOldFonts(bytes: Uint8Array, change: (font: Buffer) => void): Uint8Array {
  const file = CFB.read(Buffer.from(bytes), { type: 'buffer' });
  const entry = CFB.find(file, '/Workbook')!;
  const book = Buffer.from(entry.content as unknown as Uint8Array);
  for (let at = 0; at + 4 <= book.length; at += 4 + book.readUInt16LE(at + 2))
    if (book.readUInt16LE(at) === 0x31) change(book.subarray(at));
  entry.content = book as unknown as typeof entry.content;
  return new Uint8Array(CFB.write(file, { type: 'buffer' }) as unknown as Buffer);
}

export function changed(bytes: Uint8Array, change: (parts: Record<string, Uint8Array>) => void): Uint8Array {
  const parts: Record<string, Uint8Array> = unzipSync(bytes);
  change(parts);
  return inOrder(parts);
}

export function inSheet(parts: Record<string, Uint8Array>, change: (sheet: string) => string): void {
  const name = 'xl/worksheets/sheet1.xml';
  parts[name] = strToU8(change(strFromU8(parts[name] as Uint8Array)));
}

/** A picture as large as a card, an oval and a text box. */
export function withDrawing(
  bytes: Uint8Array,
  before = '',
  picture: Uint8Array = strToU8('\x89PNG', true),
): Uint8Array {
  const parts: Record<string, Uint8Array> = unzipSync(bytes);
  const anchor = (inside: string): string =>
    `<xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>12</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="3600000" cy="2400000"/>${inside}</xdr:oneCellAnchor>`;
  const shape = (text: string): string =>
    `<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="x"/></xdr:nvSpPr><xdr:txBody>${text}</xdr:txBody></xdr:sp>`;
  const drawing = `${before}<xdr:wsDr xmlns:xdr="x" xmlns:a="a" xmlns:r="r">${anchor('<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="1" name="p"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic>')}${anchor(shape('<a:p/>'))}${anchor(shape('<a:p><a:r><a:t>添付の写し</a:t></a:r></a:p>'))}</xdr:wsDr>`;
  const rels = (id: string, target: string): Uint8Array =>
    strToU8(`<Relationships><Relationship Id="${id}" Target="${target}"/></Relationships>`);
  parts['xl/worksheets/_rels/sheet1.xml.rels'] = rels('rId9', '../drawings/drawing1.xml');
  parts['xl/drawings/drawing1.xml'] = strToU8(drawing);
  parts['xl/drawings/_rels/drawing1.xml.rels'] = rels('rId1', '../media/image1.png');
  parts['xl/media/image1.png'] = picture;
  return inOrder(parts);
}

/** A file of Office begins with its list of contents. */
export const inOrder = ({ '[Content_Types].xml': types, ...parts }: Record<string, Uint8Array>): Uint8Array =>
  zipSync({ '[Content_Types].xml': types ?? strToU8('<Types/>'), ...parts });

export const W = 'xmlns:w="w" xmlns:wp="wp" xmlns:a="a" xmlns:r="r" xmlns:mc="mc"';
export const p = (text: string, properties = ''): string =>
  `<w:p><w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t>${text}</w:t></w:r></w:p>`;
const tr = (...cells: string[]): string =>
  `<w:tr>${cells.map((text) => `<w:tc><w:tcPr/>${p(text)}</w:tc>`).join('')}</w:tr>`;
export const FORM = `${p(TITLE, '<w:sz w:val="32"/>')}<w:tbl><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="3000"/></w:tblGrid>${tr('利用者氏名', '見本　花子')}${tr('被保険者番号', '0000000101')}${tr('評価日', '令和６年６月２日')}${tr('計画作成者氏名', '見本 太郎')}${tr('目標達成状況', '達成')}${tr('今後の方針', '□ プラン継続　■ プラン変更　□ 終了')}</w:tbl>`;
export const word = (body: string, parts: Record<string, Uint8Array> = {}): Uint8Array =>
  inOrder({
    'word/document.xml': strToU8(`<w:document ${W}><w:body>${body}</w:body></w:document>`),
    ...parts,
  });
