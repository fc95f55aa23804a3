import { type Finding, fileFinding, type Where } from '../findings/finding.ts';
import type { WithdrawnReading } from '../packet/withdrawn.ts';
import { digitsOf, type PlacedLine, places } from '../text/my-number.ts';
import type { FieldName, ReadDocument } from './document.ts';

/**
 * Quarantines every document that carries a 個人番号.
 * @param linesOf the text of a document, empty where it has none (an image)
 */
export const quarantineMyNumbers = (
  documents: ReadDocument[],
  linesOf: (document: ReadDocument) => PlacedLine[],
): ReadDocument[] => documents.map((document) => quarantineMyNumber(document, linesOf(document)));

/** The document as it is, or quarantined when one of its lines carries a 個人番号. */
export function quarantineMyNumber(document: ReadDocument, lines: PlacedLine[]): ReadDocument {
  const found = places(lines.map(({ text }) => text));
  if (!found[0]) return document;
  const { page, row } = lines[found[0].line] as PlacedLine;
  const numbers = found.map(({ line, from, to }) =>
    digitsOf((lines[line] as PlacedLine).text.slice(from, to)),
  );
  const clean = {
    ...document,
    findings: document.findings.filter(
      ({ message }) => !numbers.some((number) => digitsOf(message).includes(number)),
    ),
  };
  return quarantined(clean, { ...(page && { page }), ...(row && { row }) });
}

/** The document without its readings and without findings that quote a value. */
export function quarantined(document: ReadDocument, place: Pick<Where, 'page' | 'row'>): ReadDocument {
  return {
    ...document,
    // It was read: OCR must not read it again.
    read_by: document.read_by === 'none' ? 'text' : document.read_by,
    outcome: 'quarantined',
    readings: [],
    person: { number: only(document, 'insured_number'), name: only(document, 'name') },
    findings: [...document.findings.filter(quotesNothing), myNumberFinding(document.file, place)],
  };
}

/** The one certain value of a field. */
function only({ readings }: ReadDocument, field: FieldName): string | null {
  const values = new Set(
    readings.filter((r) => r.field === field && !r.uncertain).map((r) => String(r.value)),
  );
  return values.size === 1 ? [...values][0]! : null;
}

const isAboutNumber = ({ code }: Finding): boolean => code === 'F_FILE_MYNUMBER';

/** True when the document must not be kept anywhere. */
export const carriesMyNumber = (document: ReadDocument): boolean =>
  document.outcome === 'quarantined' && document.findings.some(isAboutNumber);

/**
 * Quarantines files as a whole: a number on one page of a stack quarantines the others too, because no part of the file
 * can be read again. Leaves one document of such a file, with all its pages.
 */
export function quarantineWholeFiles(documents: ReadDocument[]): ReadDocument[] {
  const carriers = new Map(documents.filter(carriesMyNumber).map((document) => [document.file, document]));
  if (carriers.size === 0) return documents;
  return documents.flatMap((document) => {
    const carrier = carriers.get(document.file);
    if (!carrier || document.withdrawn) return [document];
    if (documents.find(({ file }) => file === document.file) !== document) return [];
    const all = documents.filter(({ file }) => file === document.file);
    const pages = Math.max(0, ...all.map((one) => one.pages?.to ?? 0));
    const rows = all.reduce((sum, one) => sum + one.rows, 0);
    return [
      withdrawnDocument(
        { path: carrier.file, digest: carrier.digest },
        { ...withdrawnReading(carrier), pages, rows },
      ),
    ];
  });
}

/** What may be stored of such a file. */
export const withdrawnReading = ({
  read_by,
  kind,
  title,
  pages,
  rows,
  findings,
  withdrawn,
}: ReadDocument): WithdrawnReading => {
  if (withdrawn) {
    const { of: _, ...reading } = withdrawn;
    return reading;
  }
  const { page, row } = findings.find(isAboutNumber)?.where ?? {};
  const place = { ...(page && { page }), ...(row && { row }) };
  return { read_by, kind, title, pages: pages?.to ?? 0, rows, place };
};

/** The document of a file that was removed from its upload earlier: the same as when it was read. */
export const withdrawnDocument = (
  { path, digest }: { path: string; digest: string },
  withdrawn: WithdrawnReading,
): ReadDocument => ({
  ...countedOf(withdrawn),
  file: path,
  kind: withdrawn.kind,
  title: withdrawn.title,
  read_by: withdrawn.read_by,
  outcome: 'quarantined',
  digest,
  readings: [],
  findings: [myNumberFinding(path, withdrawn.place, withdrawn)],
  ...(withdrawn.persons && { withdrawn }),
});

/** Its pages and rows are counted once, where the file is. */
const countedOf = ({ pages, rows, of }: WithdrawnReading): Pick<ReadDocument, 'pages' | 'rows'> =>
  of?.isCounted === false
    ? { pages: null, rows: 0 }
    : { pages: pages > 0 ? { from: 1, to: pages } : null, rows };

/** A finding about a value may quote it; one about the file as a whole does not. */
const quotesNothing = (finding: Finding): boolean =>
  finding.where.row === undefined && finding.where.column === undefined;

function myNumberFinding(
  file: string,
  place: Pick<Where, 'page' | 'row'>,
  { persons = [], of }: Pick<WithdrawnReading, 'persons' | 'of'> = {},
): Finding {
  const whose = of ? (of.isOwn ? '（この利用者の分）' : '（ほかの利用者の分）') : '';
  const own =
    of && !of.isOwn
      ? `同じファイルにあったこの利用者の分（${placeName(of.place)}から）も読めなくなりました。`
      : '';
  const many =
    !of && persons.length > 1
      ? `入っていた${new Set(persons.map(({ key }) => key)).size}人分の書類は、どなたの審査にも使っていません。`
      : '';
  const again =
    of && !of.isOwn
      ? '個人番号を消したファイルをもう一度送るか、この利用者の分だけを、この提出に追加してください。'
      : '個人番号を読めないように塗りつぶすか、そのページを抜いて、送り直してください。';
  return fileFinding(
    'F_FILE_MYNUMBER',
    'error',
    { file, ...place },
    `「${file}」${place.page || place.row ? `の${placeName(place)}` : ''}${whose}に個人番号（マイナンバー）が書かれています。このファイルは審査に使わず、送られたZIPから取り除き、受付に残しません。${own}${many}`,
    `${again}受付では個人番号を取り扱いません。`,
  );
}

const placeName = ({ page, row }: { page?: number | undefined; row?: number | undefined }): string =>
  page ? `${page}ページ` : row ? `${row}行目` : '初め';
