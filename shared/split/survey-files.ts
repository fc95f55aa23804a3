import { readCover } from '../cover-sheet/read-cover.ts';
import { sheetOf } from '../cover-sheet/split-stack.ts';
import { blankDocument } from '../documents/blank-document.ts';
import type { FieldName, ReadDocument } from '../documents/document.ts';
import { awaitsOcr } from '../documents/ocr/unread-image.ts';
import { pdfPartsIsolated } from '../documents/pdf/read-pdf-isolated.ts';
import { carriesMyNumber, quarantineMyNumber } from '../documents/quarantine.ts';
import { formatOf } from '../documents/read-documents.ts';
import { withinPages } from '../documents/within-pages.ts';
import { isProgrammingError } from '../faults/report-fault.ts';
import { EntryTrouble } from '../packet/entry-trouble.ts';
import type { EntryGroup } from '../packet/group-entries.ts';
import { isFamilyImageName } from '../packet/standard-csv-name.ts';
import type { UploadEntry } from '../packet/upload-entry.ts';
import { sha256 } from '../text/digest.ts';
import { textLines } from '../text/my-number.ts';
import { nameKey } from '../text/normalise.ts';
import type { CoverSheet } from '../vocabulary/cover-code.ts';
import type { DocumentKind } from '../vocabulary/document-kinds.ts';
import { only } from './persons.ts';
import type { Piece, SurveyedFile } from './piece.ts';
import type { Spill } from './spill.ts';
import { type CsvSurvey, isOfStandard, surveyCsv } from './survey-csv.ts';
import { numberedCsv, numberedPdf, takenOut } from './with-my-number.ts';

/** What the cover of a group names. */
export interface CoverTraces {
  /** its folder */
  folder: string[];
  number: string | null;
  month: string | null;
}

/** A group whose CSV files and cover were looked at. */
export interface SurveyedGroup {
  group: EntryGroup;
  files: SurveyedFile[];
  covers: CoverTraces[];
  /** it holds papers that only a reader can tell the person of */
  hasPapers: boolean;
}

/**
 * Looks at the CSV files and covers of a group: the persons and months they name. Every file becomes at least one piece; PDFs are
 * read by `surveyPapers` where they are needed. What cannot be opened is reported when its packet is made.
 */
export async function surveyGroup(
  group: EntryGroup,
  looking: Looking,
  order: number,
): Promise<SurveyedGroup> {
  const surveyed: SurveyedGroup = { group, files: [], covers: [], hasPapers: false };
  for (const entry of group.entries) {
    const file = takenOut(entry, { entry, group, order: order++, digest: null, size: 0, pieces: [] });
    file.pieces.push(wholePiece(file));
    surveyed.files.push(file);
    if (!isCsvOrCover(entry)) surveyed.hasPapers ||= isReadable(entry);
    else if (isReadable(entry)) await surveyFile(file, surveyed, looking);
  }
  return surveyed;
}

const isReadable = ({ isJunk, trouble, withdrawn, part }: UploadEntry): boolean =>
  !isJunk && !trouble && !withdrawn && !part?.stray;

const isCsvOrCover = ({ parts }: UploadEntry): boolean => /\.csv$|^packet\.json$/i.test(parts.at(-1) ?? '');

async function surveyFile(
  file: SurveyedFile,
  surveyed: SurveyedGroup,
  { spill, budget }: Looking,
): Promise<void> {
  const bytes = await bytesOf(file, budget);
  if (!bytes) return;
  const { path } = file.entry;
  if (/(^|\/)packet\.json$/i.test(path)) {
    const cover = await coverTraces(file, bytes);
    surveyed.covers.push(cover);
    if (cover.number)
      Object.assign(file.pieces[0]!, { number: cover.number, month: cover.month, isCover: true });
    else file.isSharedCover = true;
    return;
  }
  if (formatOf(path, bytes) !== 'csv') {
    surveyed.hasPapers = true;
    return;
  }
  if (!isOfStandard(path, bytes)) return;
  budget.rows -= linesIn(bytes);
  if (budget.rows < 0) throw new TooManyRows(path);
  const document = quarantineMyNumber(blankDocument({ path, digest: '' }), textLines(bytes));
  if (carriesMyNumber(document)) file.numbered = numberedCsv(file, document, surveyCsv(path, bytes));
  else await addTraces(file, surveyCsv(path, bytes), spill);
}

/** Where an upload is looked at. */
export interface Looking {
  spill: Spill;
  budget: LookBudget;
  /** when the time for its PDFs is over, in ms since 1970 */
  deadline: number;
}

/** What may still be looked at. */
interface LookBudget {
  /** bytes to unpack: a bomb costs no more here than where packets are made */
  left: number;
  /** lines of CSV files */
  rows: number;
}

/** The CSV files of an upload have more lines than one upload may have. Thrown inside this folder only. */
export class TooManyRows extends Error {
  readonly path: string;

  constructor(path: string) {
    super('too many rows');
    this.path = path;
  }
}

/** Line breaks as every program writes them; those inside quotes count too. */
function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = 0; at < bytes.length; at++)
    if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) lines++;
  return lines;
}
const LF = 0x0a;
const CR = 0x0d;

/** The bytes, whose digest and size are noted; null where they cannot be unpacked, or cost too much. */
async function bytesOf(file: SurveyedFile, budget: LookBudget): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    if (budget.left <= 0) return null;
    for await (const chunk of file.entry.bytes(false)) {
      budget.left -= chunk.length;
      if (budget.left <= 0) return null;
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    file.digest = sha256(bytes);
    file.size = bytes.length;
    return bytes;
  } catch (cause) {
    if (cause instanceof EntryTrouble || isProgrammingError(cause)) return null;
    throw cause;
  }
}

async function coverTraces(file: SurveyedFile, bytes: Buffer): Promise<CoverTraces> {
  const { path } = file.entry;
  const one = { path, digest: file.digest ?? '', size: bytes.length, read: async () => bytes };
  const { cover, given } = await readCover({ files: [one] });
  return {
    folder: file.entry.parts.slice(0, -1),
    number: cover.insured_number ?? null,
    month: typeof given.service_month === 'string' ? given.service_month : null,
  };
}

async function addTraces(file: SurveyedFile, survey: CsvSurvey, spill: Spill): Promise<void> {
  const { layout, traces, header, encoding, bytes, isOfProvider } = survey;
  if (traces.length === 0) return;
  const type = layout?.type ?? '';
  const isMonthly = type === 'UPPLAN' || type === 'UPJSK' || type === 'UPSIKYU';
  // The rows of a packet that is completed stay together.
  const isDivided =
    !file.entry.part &&
    traces.length > 1 &&
    traces.some((one) => one.number !== traces[0]!.number || one.month !== traces[0]!.month);
  const isHome = !isOfProvider && (isMonthly || type === 'UPYOBO');
  const months = [...new Set(traces.flatMap(({ month }) => month?.replace('-', '') ?? []))].sort();
  if (isDivided) file.csv = { encoding, header, bytes: await spill.put(bytes), isOfProvider, months };
  const pieces = isDivided ? traces : [{ ...traces[0]!, spans: traces.flatMap(({ spans }) => spans) }];
  file.pieces = pieces.map(({ spans, ...trace }) => ({
    file,
    ...trace,
    isHome,
    isMonthly,
    isUse: type === 'UPJSK',
    rows: spans,
  }));
}

/** Reads the PDFs and Office files of a group that must be split, once: each form becomes a piece, and what was read is kept aside. */
export async function surveyPapers({ files }: SurveyedGroup, looking: Looking): Promise<void> {
  for (const file of files) {
    if (!isReadable(file.entry) || file.digest !== null) continue;
    const bytes = await bytesOf(file, looking.budget);
    if (!bytes) continue;
    if (isPaper(file.entry.path, bytes)) await surveyPdf(file, bytes, looking);
    else if (isPicture(file.entry.path, bytes)) file.isScan = true;
  }
}

const isPicture = (path: string, bytes: Uint8Array): boolean =>
  formatOf(path, bytes) === 'image' && !isFamilyImageName(path);

const isPaper = (path: string, bytes: Uint8Array): boolean =>
  ['pdf', 'office'].includes(formatOf(path, bytes));

async function surveyPdf(file: SurveyedFile, bytes: Buffer, { spill, deadline }: Looking): Promise<void> {
  const { entry, digest, size } = file;
  const read = { path: entry.path, digest: digest ?? '', size, read: async () => bytes };
  const pieces: Piece[] = [];
  let sheet: CoverSheet | null = null;
  const numbered: ReadDocument[] = [];
  for await (const all of pdfPartsIsolated(read, bytes, { deadline })) {
    numbered.push(...all.filter(carriesMyNumber));
    const documents = withinPages(all, entry.part?.pages);
    for (const document of documents) {
      const { pages } = document;
      sheet = sheetOf(document) ?? sheet;
      if (awaitsOcr(document)) file.isScan = true;
      const stored = await spill.put(Buffer.from(JSON.stringify(document)));
      const content = contentOf(document);
      pieces.push({
        ...{ file, ...underSheet(tracesOf(document), sheet), document: stored },
        ...(pages && { pages }),
        ...(content && { content }),
      });
    }
  }
  if (numbered.length > 0) {
    file.numbered = numberedPdf(file, numbered, pieces);
    return;
  }
  // A stack with pictures is divided by its 送付票 after they were read (shared/cover-sheet/split-stack.ts).
  const isStack = sheet !== null && file.isScan === true;
  const isWhole = isStack || pieces.length < 2 || pieces.some(({ pages }) => !pages);
  if (!isWhole) file.pieces = pieces;
  else if (pieces.length === 1 && !isStack) file.pieces = pieces.map(({ pages: _, ...piece }) => piece);
}

/** What is after a printed 送付票 is of its person and month, unless it names another person's number. */
function underSheet(traces: Omit<Piece, 'file'>, sheet: CoverSheet | null): Omit<Piece, 'file'> {
  if (!sheet || (traces.number !== null && traces.number !== sheet.insured_number)) return traces;
  return { ...traces, number: sheet.insured_number, month: traces.month ?? sheet.service_month };
}

/** The text of its pages, and the values read of marks that are drawn. */
function contentOf({ kind, content, readings }: ReadDocument): string | null {
  if (!content) return null;
  return sha256(JSON.stringify([kind, content, readings.map(({ field, value }) => [field, value])]));
}

const wholePiece = (file: SurveyedFile): Piece => ({ file, ...NO_TRACES });

const NO_TRACES = {
  number: null,
  insurer: null,
  name: null,
  month: null,
  date: null,
  isHome: false,
  isMonthly: false,
  isUse: false,
} satisfies Omit<Piece, 'file'>;

/** Forms with which a month's papers begin. */
const HOME: ReadonlySet<DocumentKind | null> = new Set<DocumentKind>([
  'riyohyo',
  'riyohyo_copy',
  'shien_keikakusho',
  'kyufu_kanrihyo',
]);
const MONTHLY: ReadonlySet<DocumentKind | null> = new Set<DocumentKind>([
  'riyohyo',
  'riyohyo_copy',
  'riyohyo_beppyo',
  'kyufu_kanrihyo',
]);

function tracesOf({ kind, readings, outcome, findings, person }: ReadDocument): Omit<Piece, 'file'> {
  const values = (field: FieldName): string[] =>
    readings.filter((r) => r.field === field && !r.uncertain).map((r) => String(r.value));
  const dates = ['plan_from', 'plan_created', 'notification_date', 'consent_date'] as const;
  const isMonthly = MONTHLY.has(kind);
  return {
    number: person?.number ?? only(values('insured_number')),
    insurer: only(values('insurer_number')),
    name: only([...values('name'), ...(person?.name ? [person.name] : [])].map(nameKey)),
    month: isMonthly ? only(values('service_month')) : null,
    date: dates.flatMap((field) => values(field)[0] ?? [])[0] ?? null,
    isHome: HOME.has(kind),
    isMonthly,
    isUse: isMonthly && readings.some(({ field }) => field === 'service_actual'),
    ...(outcome === 'unreadable' &&
      findings.some(({ severity }) => severity === 'error') && { isLost: true }),
  };
}
