import { utils, write } from '@e965/xlsx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ReadDocument } from '../../../../shared/documents/document.ts';
import { sheetLooks } from '../../../../shared/documents/office/cell-looks.ts';
import { readOffice } from '../../../../shared/documents/office/read-office.ts';
import { readWord } from '../../../../shared/documents/office/read-word.ts';
import { officeKind } from '../../../../shared/packet/office-kind.ts';
import type { PacketFile } from '../../../../shared/packet/packet.ts';
import {
  changed,
  FORM,
  inOrder,
  inSheet,
  p,
  rows,
  W,
  withDrawing,
  withOldFonts,
  word,
  workbook,
} from '../../../builders/office.ts';

async function read(bytes: Uint8Array, path = '評価表.xlsx'): Promise<ReadDocument[]> {
  const kind = officeKind(bytes);
  if (!kind) throw new Error('no Office file');
  const file: PacketFile = { path, digest: 'd', size: bytes.length, read: async () => bytes };
  return readOffice(file, kind);
}
const valuesOf = (document?: ReadDocument) =>
  Object.fromEntries((document?.readings ?? []).map(({ field, value }) => [field, value]));
const messagesOf = (documents: ReadDocument[]): string =>
  documents.flatMap(({ findings }) => findings.map(({ message }) => message)).join('\n');

describe('a workbook', () => {
  it.each(['xlsx', 'xlsm', 'biff8', 'ods'] as const)('is read as the form it is: %s', async (type) => {
    const documents = await read(workbook(undefined, type));
    expect(documents).toMatchObject([{ kind: 'hyokahyo', outcome: 'used', read_by: 'text', findings: [] }]);
    expect(valuesOf(documents[0])).toMatchObject({
      name: '見本 花子',
      insured_number: '0000000101',
      hyoka_date: '2024-06-02',
      hyoka_result: 'プラン変更',
    });
  });

  it.each([
    ['yyyy/m/d', '2024-06-02'],
    ['[$-411]ggge"年"m"月"d"日";@', '2024-06-02'],
    ['m/d/yy', '2024-06-02'],
    ['[$-F800]dddd, mmmm dd, yyyy', '2024-06-02'],
  ])('shows a day that is kept as a number by its format: %s', async (format, day) => {
    const [document] = await read(
      workbook((sheet) => {
        sheet.B2 = { t: 'n', v: 45_445, z: format };
      }),
    );
    expect(valuesOf(document).hyoka_date).toBe(day);
  });

  it('puts the letters of joined cells beside their label', async () => {
    const [document] = await read(
      workbook((sheet) => {
        sheet['!merges'] = [
          utils.decode_range('A1:D1'),
          utils.decode_range('B5:D5'),
          utils.decode_range('B3:B4'),
        ];
      }),
    );
    expect(valuesOf(document)).toMatchObject({ name: '見本 花子', hyoka_result: 'プラン変更' });
  });

  it('does not believe what is hidden, and tells it', async () => {
    const documents = await read(
      workbook((sheet, book) => {
        utils.sheet_add_aoa(
          sheet,
          [
            ['利用者氏名', '別の 花代'],
            ['被保険者番号', '0000000999'],
          ],
          { origin: 'A7' },
        );
        sheet['!rows'] = [...Array(6).fill({}), { hidden: true }, { hidden: true }];
        utils.book_append_sheet(book, utils.aoa_to_sheet(rows('隠れた 花代')), '前回');
        book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] };
      }),
    );
    expect(documents).toHaveLength(1);
    expect(JSON.stringify(documents[0]?.readings)).not.toMatch(/花代|0000000999/);
    expect(messagesOf(documents)).toContain('表示されていない');
  });

  it('quarantines a 個人番号 in a hidden row as well', async () => {
    const documents = await read(
      workbook((sheet) => {
        utils.sheet_add_aoa(sheet, [['個人番号 123456789018']], { origin: 'A7' });
        sheet['!rows'] = [...Array(6).fill({}), { hidden: true }];
      }),
    );
    expect(documents[0]).toMatchObject({ outcome: 'quarantined', readings: [] });
  });

  it.each([
    ['before the one that is shown', [{ Hidden: 1 as const }, { Hidden: 0 as const }]],
    ['beside one that is empty', [{ Hidden: 0 as const }, { Hidden: 1 as const }]],
  ])('quarantines a 個人番号 on a hidden sheet %s', async (_, sheets) => {
    const secret = utils.aoa_to_sheet([['個人番号 123456789018']]);
    const book = utils.book_new();
    const isFirst = sheets[0]!.Hidden === 1;
    utils.book_append_sheet(book, isFirst ? secret : utils.aoa_to_sheet([[]]), '一');
    utils.book_append_sheet(book, isFirst ? utils.aoa_to_sheet(rows()) : secret, '二');
    book.Workbook = { Sheets: sheets };
    const documents = await read(
      new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer),
    );
    expect(documents[0]).toMatchObject({ outcome: 'quarantined', readings: [] });
  });

  it('is refused where it has more rows than are read', async () => {
    const documents = await read(
      workbook((sheet) => {
        utils.sheet_add_aoa(sheet, [['最後の行']], { origin: 'A20001' });
      }),
    );
    expect(documents).toMatchObject([{ outcome: 'unreadable' }]);
    expect(messagesOf(documents)).toContain('読み取れるセルの数');
  });

  it('tells a formula whose result was not saved', async () => {
    const documents = await read(
      workbook((sheet) => {
        sheet.D2 = { t: 'n', f: 'A1' };
      }),
    );
    expect(messagesOf(documents)).toContain('計算結果の保存されていない数式');
  });

  /** The workbook with its number of the person in a format with this font and fill. */
  const styled = (font: string, fill: string, code = 'General'): Uint8Array =>
    changed(workbook(), (parts) => {
      parts['xl/styles.xml'] = strToU8(
        `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="${code}"/></numFmts><fonts><font/><font>${font}</font></fonts><fills><fill><patternFill patternType="none"/></fill><fill>${fill}</fill></fills><cellXfs><xf numFmtId="0" fontId="0" fillId="0"/><xf numFmtId="170" fontId="1" fillId="1"/></cellXfs></styleSheet>`,
      );
      inSheet(parts, (sheet) => sheet.replaceAll(/ s="\d+"/g, '').replace('<c r="D2"', '<c r="D2" s="1"'));
    });
  const SOLID = (rgb: string): string =>
    `<patternFill patternType="solid"><fgColor rgb="FF${rgb}"/></patternFill>`;

  it.each([
    ['white on paper', '<color rgb="FFFFFFFF"/>', '', 'General'],
    ['white by the theme', '<color theme="0"/>', '', 'General'],
    ['the color of its cell', '<color rgb="FF203864"/>', SOLID('203864'), 'General'],
    ['a format that shows nothing', '', '', ';;;'],
    ['a format with an empty part for texts', '', '', '0;-0;0;&quot;&quot;'],
    ['a format in white', '', '', '[White]General'],
    ['letters of one point', '<sz val="1"/>', '', 'General'],
    ['black letters on a black cell', '', SOLID('000000'), 'General'],
  ])('does not believe %s, and tells it', async (_, font, fill, code) => {
    const documents = await read(styled(font, fill, code));
    expect(documents[0]).toMatchObject({ kind: 'hyokahyo' });
    expect(valuesOf(documents[0])).not.toHaveProperty('insured_number');
    expect(messagesOf(documents)).toContain('表示されていない');
  });

  it('reads white letters on a dark cell', async () => {
    const documents = await read(styled('<color rgb="FFFFFFFF"/>', SOLID('203864')));
    expect(valuesOf(documents[0]).insured_number).toBe('0000000101');
  });

  it('reads no words that a line strikes out within a cell', async () => {
    const runs =
      '<r><t>□ プラン継続　</t></r><r><rPr><strike/></rPr><t>■ プラン変更</t></r><r><t>　■ 終了</t></r>';
    const documents = await read(
      changed(workbook(), (parts) =>
        inSheet(parts, (sheet) =>
          sheet.replace(/<c r="B5"[^>]*>.*?<\/c>/, `<c r="B5" t="inlineStr"><is>${runs}</is></c>`),
        ),
      ),
    );
    expect(valuesOf(documents[0]).hyoka_result).toBe('終了');
    expect(messagesOf(documents)).toMatch(/線で消されている「■ プラン変更」/);
  });

  it('shows a number that its format leaves empty as what is seen: nothing', async () => {
    const documents = await read(
      workbook((sheet) => {
        sheet.D2 = { t: 'n', v: 0, z: '0;-0;;@' };
      }),
    );
    expect(valuesOf(documents[0])).not.toHaveProperty('insured_number');
    expect(messagesOf(documents)).toContain('表示されていない');
  });

  it('does not believe a row that is too low for letters', async () => {
    const documents = await read(
      workbook((sheet) => {
        utils.sheet_add_aoa(sheet, [['利用者氏名', '別の 花代']], { origin: 'A7' });
        sheet['!rows'] = [...Array(6).fill({}), { hpt: 0.75 }];
      }),
    );
    expect(JSON.stringify(documents[0]?.readings)).not.toContain('花代');
    expect(messagesOf(documents)).toContain('表示されていない');
  });

  it.each([
    ['white', (font: Buffer) => font.writeUInt16LE(9, 8)],
    ['struck out', (font: Buffer) => font.writeUInt16LE(8, 6)],
    ['of one point', (font: Buffer) => font.writeUInt16LE(20, 4)],
  ])('of before 2007 is not believed either where its letters are %s', async (_, change) => {
    const documents = await read(withOldFonts(workbook(undefined, 'biff8'), change), '評価表.xls');
    expect(documents.flatMap(({ readings }) => readings)).toEqual([]);
  });

  it.each([
    ['the usual one', 'odd', '', true],
    ['that of a first page, which is like the others', 'first', '', false],
    ['that of a first page of its own', 'first', ' differentFirst="1"', true],
    ['that of even pages, which are like the others', 'even', '', false],
  ])('reads the header that is printed: %s', async (_, pages, option, isShown) => {
    const margins = `<headerFooter${option}><${pages}Header>&amp;C利用者氏名　別の 花代</${pages}Header></headerFooter>`;
    const documents = await read(
      changed(workbook(), (parts) =>
        inSheet(parts, (sheet) => sheet.replace('</worksheet>', `${margins}</worksheet>`)),
      ),
    );
    expect(JSON.stringify(documents[0]?.readings).includes('花代')).toBe(isShown);
    expect(messagesOf(documents).includes('表示されていない')).toBe(!isShown);
  });

  const odsStyle = (id: string, inside: string, rest = ''): string =>
    `<style:style style:name="${id}" style:family="table-cell"${rest}>${inside}</style:style>`;
  const text = (properties: string): string => `<style:text-properties ${properties}/>`;
  const paper = '<style:table-cell-properties fo:background-color="#203864"/>';
  it.each([
    ['white', odsStyle('X', text('fo:color="#ffffff"')), ' table:style-name="X"', false],
    [
      'white by the style above',
      odsStyle('Y', text('fo:color="#FFFFFF"')) + odsStyle('X', '', ' style:parent-style-name="Y"'),
      ' table:style-name="X"',
      false,
    ],
    ['white on dark paper', odsStyle('X', text('fo:color="#ffffff"') + paper), ' table:style-name="X"', true],
    [
      'struck out',
      odsStyle('X', text('style:text-line-through-style="solid"')),
      ' table:style-name="X"',
      false,
    ],
    ['in a style of nothing', odsStyle('X', ''), ' table:style-name="X"', true],
  ])('of OpenDocument is read by what is seen: letters that are %s', async (_, styles, use, isSeen) => {
    const parts = unzipSync(workbook(undefined, 'ods'));
    const content = strFromU8(parts['content.xml'] as Uint8Array);
    const cell = /<table:table-cell(?= office:value-type="string"><text:p>0000000101)/;
    expect(content).toMatch(cell);
    parts['content.xml'] = strToU8(
      content
        .replace(cell, `<table:table-cell${use}`)
        .replace('</office:automatic-styles>', `${styles}</office:automatic-styles>`),
    );
    const documents = await read(zipSync(parts, { level: 0 }), '評価表.ods');
    expect('insured_number' in valuesOf(documents[0])).toBe(isSeen);
    expect(/表示されていない|線で消されている/.test(messagesOf(documents))).toBe(!isSeen);
  });

  it('reads its header and footer', async () => {
    const margins =
      '<headerFooter><oddHeader>&amp;L&amp;"MS Gothic,Bold"&amp;12別の町&amp;C&amp;A</oddHeader><oddFooter>&amp;R個人番号 123456789018</oddFooter></headerFooter>';
    const documents = await read(
      changed(workbook(), (parts) =>
        inSheet(parts, (sheet) => sheet.replace('</worksheet>', `${margins}</worksheet>`)),
      ),
    );
    expect(documents[0]).toMatchObject({ kind: 'hyokahyo', outcome: 'quarantined' });
  });

  it('searches notes for what may not be kept', async () => {
    const documents = await read(
      workbook((sheet) => {
        sheet.B2.c = [{ a: 'x', t: '個人番号 123456789018' }];
      }),
    );
    expect(documents[0]).toMatchObject({ outcome: 'quarantined', readings: [] });
  });

  it('reads text boxes, tells other shapes, and lets pictures wait as pages', async () => {
    const documents = await read(withDrawing(workbook()));
    expect(valuesOf(documents[0])).toMatchObject({ name: '見本 花子' });
    expect(messagesOf(documents)).toContain(
      'シート「評価表」に、読み取れないもの（図形（丸・線・矢印など））',
    );
    expect(documents[1]).toMatchObject({ kind: null, read_by: 'none', pages: { from: 2, to: 2 } });
    expect(documents[1]?.findings).toMatchObject([{ code: 'F_PDF_NO_TEXT', severity: 'review' }]);
  });

  it.each([
    ['one that was cut off', workbook().subarray(0, -200)],
    ['one of many gigabytes', bomb()],
    ['one with entities of its own', withDrawing(workbook(), '<!DOCTYPE x [<!ENTITY a "b">]>')],
  ])('is refused with a reason: %s', async (_, bytes) => {
    const documents = await read(bytes);
    expect(documents).toMatchObject([{ outcome: 'unreadable', findings: [{ code: 'F_FILE_UNKNOWN' }] }]);
  });
});

function bomb(): Uint8Array {
  const blank = new Uint8Array(24 * 1024 ** 2);
  const sheets = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`xl/worksheets/sheet${n}.xml`, blank]));
  return inOrder({ 'xl/workbook.xml': strToU8('<workbook/>'), ...sheets });
}

describe('a text of Word', () => {
  it('is read as the form it is, its tables by their boxes', async () => {
    const documents = await read(word(FORM), '評価表.docx');
    expect(documents).toMatchObject([{ kind: 'hyokahyo', outcome: 'used', findings: [] }]);
    expect(valuesOf(documents[0])).toMatchObject({
      name: '見本 花子',
      insured_number: '0000000101',
      hyoka_date: '2024-06-02',
      hyoka_result: 'プラン変更',
    });
  });

  it('is read to its foot: notes and footers are seen as well', async () => {
    const part = (name: string, inside: string): Uint8Array =>
      strToU8(`<w:${name} ${W}>${inside}</w:${name}>`);
    const documents = await read(
      word(FORM, {
        'word/footnotes.xml': part('footnotes', `<w:footnote>${p('脚注')}</w:footnote>`),
        'word/footer1.xml': part('ftr', p('個人番号 123456789018')),
      }),
      '評価表.docx',
    );
    expect(documents[0]).toMatchObject({ outcome: 'quarantined', readings: [] });
  });

  it('tells what was put in from another file', async () => {
    const documents = await read(word(`${FORM}<w:altChunk r:id="rId1"/>`), '評価表.docx');
    expect(messagesOf(documents)).toContain('別の文書から差し込まれた部分');
  });

  it('is divided where Word breaks its pages', async () => {
    const broken = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
    const [first, second] = await read(
      word(`${FORM}${broken}${p('基本チェックリスト')}${p('氏名 見本 花子')}`),
    );
    expect([first?.pages, second?.pages ?? first?.pages?.to]).toContainEqual({ from: 1, to: second ? 1 : 2 });
  });

  it('does not believe what is deleted, hidden or struck out', async () => {
    const gone = '<w:p><w:del><w:r><w:delText>被保険者番号 0000000999</w:delText></w:r></w:del></w:p>';
    const documents = await read(
      word(
        `${FORM}${gone}${p('利用者氏名 別の 花代', '<w:vanish/>')}${p('評価日 令和6年5月1日', '<w:strike/>')}`,
      ),
    );
    expect(JSON.stringify(documents[0]?.readings)).not.toMatch(/花代|0000000999|2024-05-01/);
    expect(messagesOf(documents)).toMatch(/線で消されている[\s\S]*表示されていない/);
  });

  it.each([
    ['white on paper', '<w:color w:val="FFFFFF"/>', true],
    ['specks', '<w:sz w:val="2"/>', true],
    ['white in a dark frame', '<w:color w:val="FFFFFF"/><w:shd w:fill="203864"/>', false],
  ])('reads letters by what is seen of them: %s', async (_, properties, isHidden) => {
    const documents = await read(word(`${p('利用者氏名 別の 花代', properties)}${FORM}`));
    expect(messagesOf(documents).includes('表示されていない')).toBe(isHidden);
    expect(valuesOf(documents[0]).name).toBe(isHidden ? '見本 花子' : '別の 花代');
  });

  const styles = (inside: string): Record<string, Uint8Array> => ({
    'word/styles.xml': strToU8(`<w:styles ${W}>${inside}</w:styles>`),
  });
  const style = (type: string, id: string, properties: string, rest = ''): string =>
    `<w:style w:type="${type}" w:styleId="${id}"${rest}><w:rPr>${properties}</w:rPr></w:style>`;
  const based = '<w:style w:type="character" w:styleId="S"><w:basedOn w:val="T"/></w:style>';
  const OTHER = '利用者氏名 別の 花代';
  const inStyle = (id: string, run = ''): string =>
    `<w:p><w:pPr><w:pStyle w:val="${id}"/></w:pPr><w:r><w:rPr>${run}</w:rPr><w:t>${OTHER}</w:t></w:r></w:p>`;

  it.each([
    [
      'by the style of its letters',
      p(OTHER, '<w:rStyle w:val="S"/>'),
      style('character', 'S', '<w:vanish/>'),
      true,
    ],
    [
      'by the style that this one is based on',
      p(OTHER, '<w:rStyle w:val="S"/>'),
      based + style('character', 'T', '<w:vanish/>'),
      true,
    ],
    ['by the style of its paragraph', inStyle('S'), style('paragraph', 'S', '<w:vanish/>'), true],
    [
      'but is shown by itself',
      inStyle('S', '<w:vanish w:val="0"/>'),
      style('paragraph', 'S', '<w:vanish/>'),
      false,
    ],
    [
      'twice, which shows it',
      inStyle('S', '<w:rStyle w:val="T"/>'),
      style('paragraph', 'S', '<w:vanish/>') + style('character', 'T', '<w:vanish/>'),
      false,
    ],
    [
      'by white letters of its style',
      inStyle('S'),
      style('paragraph', 'S', '<w:color w:val="FFFFFF"/>'),
      true,
    ],
    ['by letters of a point of its style', inStyle('S'), style('paragraph', 'S', '<w:sz w:val="2"/>'), true],
    ['by a black marker', p(OTHER, '<w:highlight w:val="black"/>'), '', true],
    ['by no marker, but is marked yellow', p(OTHER, '<w:highlight w:val="yellow"/>'), '', false],
  ])('does not believe text that is hidden %s', async (_, text, inside, isHidden) => {
    const documents = await read(word(`${text}${FORM}`, styles(inside)), '評価表.docx');
    expect(valuesOf(documents[0]).name).toBe(isHidden ? '見本 花子' : '別の 花代');
    expect(messagesOf(documents).includes('表示されていない')).toBe(isHidden);
  });

  it('believes no letter where every text is hidden unless a style shows it', async () => {
    const all = '<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>';
    const documents = await read(word(FORM, styles(all)), '評価表.docx');
    expect(documents[0]?.readings).toEqual([]);
    expect(messagesOf(documents)).toContain('表示されていない');
  });

  it('reads no words that a style strikes out', async () => {
    const struck = style('character', 'S', '<w:strike/>');
    const documents = await read(
      word(`${FORM}${p('評価日 令和6年5月1日', '<w:rStyle w:val="S"/>')}`, styles(struck)),
    );
    expect(messagesOf(documents)).toContain('線で消されている');
  });

  const NUMBER = '個人番号 123456789018';
  const wrapped = (name: string, inside: string): Uint8Array =>
    strToU8(`<w:${name} ${W}>${inside}</w:${name}>`);
  const moved = `<w:p><w:moveFrom><w:r><w:t>${NUMBER}</w:t></w:r></w:moveFrom></w:p>`;
  const row = `<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>${p(NUMBER)}</w:tc></w:tr></w:tbl>`;
  const shape = `<w:p><w:r><w:drawing><wp:anchor><wp:docPr hidden="1"/><w:txbxContent>${p(NUMBER)}</w:txbxContent></wp:anchor></w:drawing></w:r></w:p>`;
  it.each<[string, string, Record<string, Uint8Array>]>([
    ['a comment', '', { 'word/comments.xml': wrapped('comments', `<w:comment>${p(NUMBER)}</w:comment>`) }],
    ['text that was moved away', moved, {}],
    ['a row that was deleted', row, {}],
    ['a text box that is hidden', shape, {}],
    ['a header of no section', '', { 'word/header1.xml': wrapped('hdr', p(NUMBER)) }],
  ])('searches %s for what may not be kept', async (_, body, parts) => {
    const documents = await read(word(`${FORM}${body}`, parts), '評価表.docx');
    expect(documents[0]).toMatchObject({ outcome: 'quarantined', readings: [] });
  });

  it.each([
    ['the usual one', 'default', '', true],
    ['that of a first page, which is like the others', 'first', '', false],
    ['that of a first page of its own', 'first', '<w:titlePg/>', true],
    ['that of even pages, which are like the others', 'even', '', false],
  ])('reads the header that is printed: %s', async (_, type, rest, isShown) => {
    const section = `<w:sectPr><w:headerReference w:type="${type}" r:id="rId1"/>${rest}</w:sectPr>`;
    const rels = '<Relationships><Relationship Id="rId1" Target="header1.xml"/></Relationships>';
    const documents = await read(
      word(`${FORM}${section}`, {
        'word/header1.xml': wrapped('hdr', p(OTHER)),
        'word/_rels/document.xml.rels': strToU8(rels),
      }),
      '評価表.docx',
    );
    expect(valuesOf(documents[0]).name).toBe(isShown ? '別の 花代' : '見本 花子');
    expect(messagesOf(documents).includes('表示されていない')).toBe(!isShown);
  });

  it('reads text boxes, those too that are drawn in two ways', async () => {
    const box = `<w:drawing><wp:anchor><w:txbxContent>${p(OTHER)}</w:txbxContent></wp:anchor></w:drawing>`;
    const drawn = (inside: string): string =>
      `<mc:AlternateContent><mc:Choice>${inside}</mc:Choice><mc:Fallback/></mc:AlternateContent>`;
    for (const body of [`<w:p><w:r>${drawn(box)}</w:r></w:p>`, `<w:p>${drawn(`<w:r>${box}</w:r>`)}</w:p>`]) {
      const documents = await read(word(`${body}${FORM}`), '評価表.docx');
      expect(valuesOf(documents[0]).name).toBe('別の 花代');
    }
  });

  it('reads tick boxes and signs of a font as a person sees them', async () => {
    const sign = (char: string): string => `<w:r><w:sym w:font="Wingdings" w:char="${char}"/></w:r>`;
    const line = `<w:p><w:r><w:t>今後の方針</w:t></w:r>${sign('F0FE')}<w:r><w:t>プラン継続　</w:t></w:r>${sign('F06F')}<w:r><w:t>プラン変更　</w:t></w:r>${sign('F06F')}<w:r><w:t>終了</w:t></w:r></w:p>`;
    const [document] = await read(
      word(`${FORM.replace(/<w:tr><w:tc><w:tcPr\/><w:p><w:r><w:t>今後の方針.*?<\/w:tr>/, '')}${line}`),
    );
    expect(valuesOf(document).hyoka_result).toBe('プラン継続');
  });

  it('is refused where tables are inside tables without end', async () => {
    const deep = (n: number): string => '<w:tbl><w:tr><w:tc>'.repeat(n) + '</w:tc></w:tr></w:tbl>'.repeat(n);
    expect(await read(word(`${FORM}${deep(20)}`))).toMatchObject([{ kind: 'hyokahyo' }]);
    expect(await read(word(deep(3000)))).toMatchObject([
      { outcome: 'unreadable', findings: [{ code: 'F_FILE_UNKNOWN' }] },
    ]);
  });

  it('tells shapes that have no text, and lets pictures wait as pages', async () => {
    const drawing = (inside: string): string =>
      `<w:p><w:r><w:drawing><wp:inline><wp:extent cx="3600000" cy="2400000"/>${inside}</wp:inline></w:drawing></w:r></w:p>`;
    const rels = '<Relationships><Relationship Id="rId1" Target="media/image1.jpeg"/></Relationships>';
    const documents = await read(
      word(`${FORM}${drawing('<a:ellipse/>')}${drawing('<a:blip r:embed="rId1"/>')}`, {
        'word/_rels/document.xml.rels': strToU8(rels),
        'word/media/image1.jpeg': strToU8('x'),
      }),
    );
    expect(messagesOf(documents)).toContain('図形');
    expect(documents.at(-1)).toMatchObject({ read_by: 'none', pages: { from: 2, to: 2 } });
  });
});

describe('officeKind', () => {
  it.each<[string, Uint8Array, string | null]>([
    ['a ZIP of PDFs', zipSync({ 'a.pdf': strToU8('%PDF-') }), null],
    ['a ZIP with a workbook inside', zipSync({ '花子.xlsx': workbook() }), null],
    ['a presentation', inOrder({ 'ppt/presentation.xml': strToU8('<p/>') }), null],
    ['a text', word(FORM), 'word'],
  ])('tells %s', (_, bytes, kind) => {
    expect(officeKind(bytes)).toBe(kind);
  });
});

describe('a text of Word as large or as twisted as no form is', () => {
  const styles = (count: number): Record<string, Uint8Array> => ({
    'word/styles.xml': strToU8(
      `<w:styles ${W}>${Array.from({ length: count }, (_, i) => `<w:style w:styleId="s${i}"><w:basedOn w:val="s${i + 1}"/></w:style>`).join('')}<w:style w:styleId="s${count}"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`,
    ),
  });
  const styled = (count: number): string =>
    `<w:p><w:r><w:rPr><w:rStyle w:val="s0"/></w:rPr><w:t>別の 花代</w:t></w:r></w:p>`.repeat(count);
  const named = (documents: ReadDocument[]): string => `${documents.length} ${messagesOf(documents)}`;

  it('is refused by the cause: styles on styles', async () => {
    expect(messagesOf(await read(word(FORM + styled(1), styles(50)), 'a.docx'))).toContain(
      '表示されていないシート',
    );
    const deep = await read(word(FORM + styled(5000), styles(5000)), 'a.docx');
    expect(named(deep)).toMatch(/^1 「a.docx」を読み取れません。書式（スタイル）が.*100 段を超えて/);
    expect(messagesOf(deep)).not.toContain('壊れて');
  });

  it('is refused by the cause: paragraphs without end', async () => {
    const documents = await read(word(p('あ').repeat(60_000)), 'a.docx');
    expect(named(documents)).toMatch(/^1 「a.docx」を読み取れません。一つのファイルに読み取れる要素/);
  });

  it('is refused by the cause: letters without end on one page', async () => {
    const documents = await read(word(p('あ\tい\t'.repeat(60_000))), 'a.docx');
    expect(named(documents)).toMatch(/^1 「a.docx」を読み取れません。1ページに読み取れる200,000文字/);
  });

  it.each([
    ['paragraphs', p('あ').repeat(8000)],
    ['runs of one paragraph', `<w:p>${'<w:r><w:t>あ</w:t></w:r>'.repeat(12_000)}</w:p>`],
    ['cells of one row', `<w:tbl><w:tr>${`<w:tc>${p('あ')}</w:tc>`.repeat(6000)}</w:tr></w:tbl>`],
    ['rows', `<w:tbl>${`<w:tr><w:tc>${p('あ')}</w:tc></w:tr>`.repeat(6000)}</w:tbl>`],
    ['paragraphs of one cell', `<w:tbl><w:tr><w:tc>${p('あ').repeat(8000)}</w:tc></w:tr></w:tbl>`],
  ])('is read where it has many %s: none is compared with all the others', async (_, body) => {
    expect(await read(word(FORM + body), 'a.docx')).toMatchObject([{ kind: 'hyokahyo', outcome: 'used' }]);
  });

  it('reads each text box once, however deep they are in one another', async () => {
    const box = (depth: number): string =>
      depth === 0
        ? p('箱')
        : `<w:p><w:r><w:drawing><w:txbxContent>${box(depth - 1)}${p('箱')}</w:txbxContent></w:drawing></w:r></w:p>`;
    const boxes = (depth: number) =>
      readWord(word(box(depth))).pages.flatMap(({ cells }) => cells.filter(({ text }) => text === '箱'));
    expect(boxes(1)).toHaveLength(2);
    expect(boxes(2)).toHaveLength(3);
    const [page] = readWord(word(box(60))).pages;
    expect(page?.cells.length).toBeLessThan(10);
    expect([...(page?.unread ?? [])]).toContain('図形（丸・線・矢印など）');
  });
});

describe('a workbook with tags that are not closed', () => {
  it.each(['<c r="A1" ', '<c t="inlineStr">', '<oddHeader '])('is passed once: %s', async (tag) => {
    const parts = unzipSync(workbook());
    inSheet(parts, (sheet) => sheet + tag.repeat(300_000));
    expect(sheetLooks(inOrder(parts)).has('評価表')).toBe(true);
  });
});
