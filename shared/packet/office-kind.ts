/** `sheet`: a workbook of Excel or LibreOffice, of any age. `word`: a document of Word since 2007. */
export type OfficeKind = 'sheet' | 'word';

/** Names of the first entry of an Office file, which is a ZIP; it begins 30 bytes after the head (APPNOTE 4.3.7). */
const FIRST_ENTRY = /^(?:\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/|word\/|customXml\/)/;
/** OpenDocument says its kind as text, in an entry that is not packed. */
const OPEN_ENTRY = /^(?:mimetype|META-INF\/manifest\.xml)/;
const OPEN_SHEET = 'application/vnd.oasis.opendocument.spreadsheet';
const ZIP = 'PK\x03\x04';
const NAME_AT = 30;
/** A compound file (MS-CFB), in which names are UTF-16. */
const OLE = '\xd0\xcf\x11\xe0';
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** What an Office file is by its bytes; null: none that is read (encrypted, PowerPoint, Word before 2007). */
export function officeKind(bytes: Uint8Array): OfficeKind | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = data.toString('latin1', 0, 256);
  if (head.startsWith(OLE)) {
    const isBook = data.includes(utf16('Workbook\0')) || data.includes(utf16('Book\0'));
    return isBook && !data.includes(utf16('EncryptedPackage')) ? 'sheet' : null;
  }
  if (!head.startsWith(ZIP)) return null;
  const first = head.slice(NAME_AT);
  if (OPEN_ENTRY.test(first)) return data.includes(OPEN_SHEET) ? 'sheet' : null;
  if (!FIRST_ENTRY.test(first)) return null;
  if (data.includes('word/document.xml')) return 'word';
  return data.includes('xl/workbook.') ? 'sheet' : null;
}

/** True for the head of an Office file, whatever becomes of it. */
export const isOfficeHead = (head: Uint8Array): boolean => {
  const text = Buffer.from(head.subarray(0, 256)).toString('latin1');
  const first = text.startsWith(ZIP) ? text.slice(NAME_AT) : '';
  return text.startsWith(OLE) || OPEN_ENTRY.test(first) || FIRST_ENTRY.test(first);
};
