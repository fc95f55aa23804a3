import { fileFinding } from '../findings/finding.ts';
import { describeFile } from '../packet/describe-file.ts';
import type { Packet, PacketFile } from '../packet/packet.ts';
import { isFamilyImageName, isStandardCsvName } from '../packet/standard-csv-name.ts';
import { jsonLines, textLines } from '../text/my-number.ts';
import { checkCsvSets } from './csv/check-csv-sets.ts';
import { type CsvFile, readCsvFile } from './csv/read-csv.ts';
import type { ReadDocument } from './document.ts';
import { readPdfIsolated } from './pdf/read-pdf-isolated.ts';
import { carriesMyNumber, quarantineMyNumber, setFilesAside, withdrawnDocument } from './quarantine.ts';
import { PROCESS_LIMITS } from './worker/process-limits.ts';

/**
 * Reads every file of a packet: CSV of the standard, PDF; pictures wait for a person (or OCR); anything else is named.
 * In the order of the packet; a PDF may hold several documents. packet.json is no document. Bad contents become
 * findings; only a file that cannot be fetched any more, or a desk that is not whole, throws.
 */
export async function readDocuments(packet: Packet): Promise<ReadDocument[]> {
  const documents: ReadDocument[] = [];
  const csvFiles: CsvFile[] = [];
  const deadline = Date.now() + PROCESS_LIMITS.packetSeconds * 1000;
  for (const file of packet.files) {
    if (file.withdrawn) {
      const document = withdrawnDocument(file, file.withdrawn);
      if (document.read_by === 'csv') csvFiles.push(notReadAgain(document));
      documents.push(document);
      continue;
    }
    const bytes = await file.read();
    const opened: PacketFile = { ...file, read: async () => bytes };
    if (baseName(file.path) === 'packet.json') {
      // Read elsewhere (read-cover.ts), and no document unless it must not be kept.
      const cover = quarantineMyNumber(asText(file), jsonLines(bytes));
      if (carriesMyNumber(cover)) documents.push(cover);
      continue;
    }
    const read = await READERS[sniff(file.path, bytes)](opened, bytes, deadline);
    csvFiles.push(...read.csv);
    documents.push(...read.documents);
  }
  checkCsvSets(
    csvFiles,
    packet.files.map((file) => file.path),
  );
  return setFilesAside(documents);
}

type Sniffed = 'csv' | 'pdf' | 'image' | 'other';

/** What a file is, by its first bytes before its name: names are wrong more often. */
function sniff(path: string, bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');
  if (head.includes('%PDF-')) return 'pdf';
  if (/^(?:\xff\xd8\xff|\x89PNG|II\*|MM\0\*)/.test(head)) return 'image';
  const isBinary = head.startsWith('PK\x03\x04') || head.startsWith('\xd0\xcf\x11\xe0');
  if (!isBinary && (isStandardCsvName(path) || /\.csv$/i.test(path))) return 'csv';
  if (/\.pdf$/i.test(path)) return 'pdf';
  return /^(?:\xef\xbb\xbf)?"?\d{6}"?,"?\d{5,6}"?,"?[\dH]\d{0,9}"?,/.test(head) ? 'csv' : 'other';
}

interface Read {
  documents: ReadDocument[];
  csv: CsvFile[];
}

const READERS: Record<Sniffed, (file: PacketFile, bytes: Uint8Array, deadline: number) => Promise<Read>> = {
  async csv(file, bytes) {
    const lines = textLines(bytes);
    try {
      const csv = await readCsvFile(file);
      csv.document = quarantineMyNumber(csv.document, lines);
      return { documents: [csv.document], csv: [csv] };
    } catch {
      return { documents: [quarantineMyNumber(damaged(file, 'CSV'), lines)], csv: [] };
    }
  },
  pdf: async (file, bytes, deadline) => ({
    documents: await readPdfIsolated(file, bytes, { deadline }),
    csv: [],
  }),
  image: async (file) => ({ documents: [image(file)], csv: [] }),
  async other(file, bytes) {
    const isText = !Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes(0);
    return { documents: [quarantineMyNumber(unknown(file, bytes), isText ? textLines(bytes) : [])], csv: [] };
  },
};

const blank = (file: PacketFile): ReadDocument => ({
  file: file.path,
  kind: null,
  title: null,
  read_by: 'none',
  pages: null,
  rows: 0,
  outcome: 'used',
  digest: file.digest,
  readings: [],
  findings: [],
});

/** What its set must know of a CSV file that was taken out: that it is not missing. */
const notReadAgain = (document: ReadDocument): CsvFile => ({
  document,
  layout: null,
  name: null,
  keys: [],
  keyOfReading: [],
  pictures: [],
  gone: new Set(),
});

const asText = (file: PacketFile): ReadDocument => ({ ...blank(file), read_by: 'text' });

/** A picture is one page. The family picture of a 利用者基本情報 is part of the standard and needs no reading. */
function image(file: PacketFile): ReadDocument {
  const document: ReadDocument = { ...blank(file), pages: { from: 1, to: 1 } };
  if (isFamilyImageName(file.path)) return { ...document, title: 'UPKIHON_IMAGE' };
  document.findings.push(
    fileFinding(
      'F_FILE_IMAGE',
      'review',
      { file: file.path },
      `${file.path} は画像のため、自動では読み取れません。担当者が目で確かめます。`,
      '次回からは、介護ソフトから出力したPDFかCSVで送ると早く確認できます。',
    ),
  );
  return document;
}

const unknown = (file: PacketFile, bytes: Uint8Array): ReadDocument => ({
  ...blank(file),
  outcome: 'unsupported',
  findings: [
    fileFinding(
      'F_FILE_UNKNOWN',
      'warn',
      { file: file.path },
      `${file.path} は扱えない種類のファイルです（${describeFile(bytes.subarray(0, 64))}のようです）。`,
      '受け付けるのは、ケアプランデータ連携標準仕様のCSV、PDF、画像（JPEG・PNG・TIFF）です。PDFにして送り直してください。',
    ),
  ],
});

const damaged = (file: PacketFile, what: string): ReadDocument => ({
  ...blank(file),
  outcome: 'unreadable',
  findings: [
    fileFinding(
      'F_FILE_DAMAGED',
      'error',
      { file: file.path },
      `${file.path} は、${what}として読み取れません。ファイルが壊れているおそれがあります。`,
      '元のファイルを開けることを確かめ、出力し直して送ってください。',
    ),
  ],
});

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
