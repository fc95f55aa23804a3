import { reportFault } from '../faults/report-fault.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import { MAIL_TEXT } from '../packet/containers/contents.ts';
import { describeFile, fileType, PICTURES } from '../packet/file-type.ts';
import { foreignFile } from '../packet/foreign-file.ts';
import { officeKind } from '../packet/office-kind.ts';
import type { Packet, PacketFile } from '../packet/packet.ts';
import { isFamilyImageName, isStandardCsvName } from '../packet/standard-csv-name.ts';
import { jsonLines, textLines } from '../text/my-number.ts';
import { blankDocument, faultyDocument } from './blank-document.ts';
import { checkCsvSets } from './csv/check-csv-sets.ts';
import { type CsvFile, unjoinedCsvFile } from './csv/csv-file.ts';
import { MOST_READINGS } from './csv/csv-limits.ts';
import { readCsvFile } from './csv/read-csv.ts';
import type { ReadDocument } from './document.ts';
import { frameCount } from './ocr/image/frame-count.ts';
import { hasPdfHeader } from './pages/file-bytes.ts';
import { readPdfIsolated } from './pdf/read-pdf-isolated.ts';
import {
  carriesMyNumber,
  quarantineMyNumber,
  quarantineWholeFiles,
  withdrawnDocument,
} from './quarantine.ts';
import { readBefore } from './read-before.ts';
import { withinPages } from './within-pages.ts';
import { PROCESS_LIMITS } from './worker/process-limits.ts';

/**
 * Reads every file of a packet in its order: CSV of the standard, PDF and Office files; images wait for a person or OCR; other files get
 * a finding. A PDF may hold several documents; packet.json is no document. Bad contents become findings, and so does a fault of
 * the program. Throws when a file cannot be fetched any more, or the desk is incomplete.
 */
export async function readDocuments(packet: Packet): Promise<ReadDocument[]> {
  const documents: ReadDocument[] = [];
  const csvFiles: CsvFile[] = [];
  const budget: Budget = {
    deadline: Date.now() + PROCESS_LIMITS.packetSeconds * 1000,
    csvReadings: MOST_READINGS,
  };
  for (const file of packet.files) {
    if (file.withdrawn) {
      const document = withdrawnDocument(file, file.withdrawn);
      if (document.read_by === 'csv') csvFiles.push(unjoinedCsvFile(document));
      documents.push(document);
      continue;
    }
    if (file.documents || file.part?.stray) {
      documents.push(...(await readBefore(file)));
      continue;
    }
    const bytes = await file.read();
    const opened: PacketFile = { ...file, read: async () => bytes };
    if (baseName(file.path) === 'packet.json') {
      // Read by read-cover.ts; a document only when it must be quarantined.
      const cover = quarantineMyNumber(asText(file), jsonLines(bytes));
      if (carriesMyNumber(cover)) documents.push(cover);
      continue;
    }
    const read = await READERS[formatOf(file.path, bytes)](opened, bytes, budget);
    csvFiles.push(...read.csv);
    documents.push(...withinPages(read.documents, file.part?.pages));
  }
  checkCsvSets(
    csvFiles,
    packet.files.map((file) => file.path),
  );
  return quarantineWholeFiles(documents);
}

export type Format = 'csv' | 'pdf' | 'office' | 'image' | 'other';

/** The format of a file, by its first bytes before its name: names are wrong more often. */
export function formatOf(path: string, bytes: Uint8Array): Format {
  if (officeKind(bytes)) return 'office';
  if (fileType(bytes) !== 'zip' && hasPdfHeader(bytes)) return 'pdf';
  const type = fileType(bytes);
  if (type && PICTURES.has(type)) return 'image';
  const isOffice = type === 'ole' || (type === 'zip' && bytes[2] === 3);
  if (!isOffice && (isStandardCsvName(path) || /\.csv$/i.test(path))) return 'csv';
  if (/\.pdf$/i.test(path)) return 'pdf';
  return FIRST_CELLS.test(latin1(bytes)) ? 'csv' : 'other';
}

/** CSVバージョン, 保険者番号 and 被保険者番号, with which a record of the standard begins. */
const FIRST_CELLS = /^(?:\xef\xbb\xbf)?"?\d{6}"?,"?\d{5,6}"?,"?[\dH]\d{0,9}"?,/;

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, 1024)).toString('latin1');

/** What the files of one packet that are not read yet may cost. */
interface Budget {
  /** end of the time for its PDFs, in ms since 1970 */
  deadline: number;
  /** values of its CSV files */
  csvReadings: number;
}

interface Read {
  documents: ReadDocument[];
  csv: CsvFile[];
}

const READERS: Record<Format, (file: PacketFile, bytes: Uint8Array, budget: Budget) => Promise<Read>> = {
  async csv(file, bytes, budget) {
    const lines = textLines(bytes);
    try {
      const csv = await readCsvFile(file, budget.csvReadings);
      budget.csvReadings -= csv.document.readings.length;
      csv.document = quarantineMyNumber(csv.document, lines);
      return { documents: [csv.document], csv: [csv] };
    } catch (error) {
      // What is wrong with a CSV is a finding of its reader; what it throws is a fault of ours.
      reportFault(error);
      return { documents: [quarantineMyNumber(faultyDocument(file), lines)], csv: [] };
    }
  },
  pdf: async (file, bytes, { deadline }) => ({
    documents: await readPdfIsolated(file, bytes, { deadline }),
    csv: [],
  }),
  office: (file, bytes, budget) => READERS.pdf(file, bytes, budget),
  image: async (file, bytes) => ({ documents: [image(file, bytes)], csv: [] }),
  async other(file, bytes) {
    const lines = latin1(bytes).includes('\0') ? [] : textLines(bytes);
    const document = baseName(file.path) === MAIL_TEXT ? mailNote(file) : unknown(file, bytes);
    return { documents: [quarantineMyNumber(document, lines)], csv: [] };
  },
};

const asText = (file: PacketFile): ReadDocument => blankDocument(file, { read_by: 'text' });

/** An image is one page. The family picture of a 利用者基本情報 is part of the standard and needs no reading. */
function image(file: PacketFile, bytes: Uint8Array): ReadDocument {
  const document = blankDocument(file, { pages: { from: 1, to: 1 } });
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
  const frames = frameCount(bytes);
  if (frames > 1) document.findings.push(furtherPictures(file, frames));
  return document;
}

const furtherPictures = (file: PacketFile, frames: number): Finding =>
  fileFinding(
    'F_FILE_UNKNOWN',
    'warn',
    { file: file.path },
    `${file.path} には${frames}枚の画像が入っています（動く画像、または連写）。読み取るのは1枚目だけで、ほかの${frames - 1}枚は読み取れません。`,
    '画像を1枚ずつJPEGかPNGで保存し直すか、1つのPDFにして送り直してください。',
  );

/** A kind that is not read is named with what makes a readable file of it. */
function unknown(file: PacketFile, bytes: Uint8Array): ReadDocument {
  const known = foreignFile(file.path, bytes);
  return blankDocument(file, {
    outcome: 'unsupported',
    findings: [
      fileFinding(
        'F_FILE_UNKNOWN',
        'warn',
        { file: file.path },
        known
          ? `${file.path} は${known.name}で、中の書類を読み取れません。`
          : `${file.path} は扱えない種類のファイルです（${describeFile(bytes)}のようです）。`,
        known?.remedy ??
          '受け付けるのは、ケアプランデータ連携標準仕様のCSV、PDF、Excel・Word、画像（JPEG・PNG・TIFF・HEICなど）です。PDFにして送り直してください。',
      ),
    ],
  });
}

/** The text of a mail is no paper; a reviewer can read it. */
const mailNote = (file: PacketFile): ReadDocument =>
  blankDocument(file, {
    read_by: 'text',
    title: 'メールの本文',
    findings: [
      fileFinding(
        'F_FILE_NORMALISED',
        'info',
        { file: file.path },
        `${file.path} は、書類としては読まず、メールの控えとして残しました。添付されたファイルは書類として読みました。`,
        '本文に書いたことが審査に必要なときは、書類か送付票に書いて送ってください。',
      ),
    ],
  });

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
