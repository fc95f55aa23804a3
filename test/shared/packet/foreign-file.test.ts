import { describe, expect, it } from 'vitest';
import { foreignFile } from '../../../shared/packet/foreign-file.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const OLE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const utf16 = (text: string): string => Buffer.from(text, 'utf16le').toString('latin1');

describe('foreignFile', () => {
  it.each([
    ['評価表.xdw', '\x60\x0e\x82\x01', 'DocuWorks', 'PDF'],
    ['評価表', '\x60\x0e\x82\x01', 'DocuWorks', 'PDF'],
    ['.評価表.pdf.icloud', 'bplist00', 'iCloud', 'ダウンロード'],
    ['評価表.pdf.lnk', 'L\0\0\0\x01\x14\x02\0', 'ショートカット', '元のファイル'],
    ['書類.zip.002', '\x15\x5c', '分割', '一つのZIP'],
    ['書類.z01', 'PK\x07\x08', '分割', '一つのZIP'],
    ['書類.part2.rar', 'Rar!', '分割', '一つのZIP'],
    ['winmail.dat', 'x\x9f>"', 'winmail.dat', '添付'],
    ['計画書.xlsx', OLE + utf16('EncryptedPackage'), 'パスワード', '空にして保存'],
    ['計画書.xlsx', 'PK\x03\x04', '途中で切れている', '保存し直して'],
    ['計画書.xls', '<html><table>', 'Webページかテキスト', '.xlsx'],
    ['計画書.xls', 'a\tb', 'Webページかテキスト', '.xlsx'],
    ['計画書.doc', OLE + utf16('WordDocument'), '.doc', 'PDF'],
    ['計画書.jtd', OLE, '一太郎', 'PDF'],
    ['計画書.pdf.crdownload', '%PDF', '途中まで', '待ち'],
    ['動画.mov', '\0\0\0\x14ftypqt  ', '動画', '写真'],
  ])('names %s and says what makes a readable file of it', (path, head, name, remedy) => {
    const found = foreignFile(path, bytes(head));
    expect(found?.name).toContain(name);
    expect(found?.remedy).toContain(remedy);
  });

  it.each([
    ['計画書.pdf', '%PDF-1.7'],
    ['memo.txt', 'メモ'],
  ])('says nothing of %s', (path, head) => {
    expect(foreignFile(path, bytes(head))).toBeNull();
  });
});
