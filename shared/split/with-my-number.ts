import type { ReadDocument } from '../documents/document.ts';
import { withdrawnReading } from '../documents/quarantine.ts';
import type { PacketFile } from '../packet/packet.ts';
import type { UploadEntry } from '../packet/upload-entry.ts';
import type { WithdrawnPerson } from '../packet/withdrawn.ts';
import { sha256 } from '../text/digest.ts';
import { fileNameOf, type Piece, type SurveyedFile } from './piece.ts';
import type { CsvSurvey } from './survey-csv.ts';

/**
 * A file of several persons with a 個人番号 leaves the upload as a whole (docs/decisions/0012). The persons in it are notified where they have
 * other papers in the upload: they are kept as digests, so that the upload gives the same packets once the file is gone.
 */
type Numbered = NonNullable<SurveyedFile['numbered']>;

const keyOf = (file: SurveyedFile, person: string): string => sha256(`${file.digest}\n${person}`);

/** Of a CSV: the persons of its records. */
export function numberedCsv(file: SurveyedFile, document: ReadDocument, survey: CsvSurvey): Numbered {
  const reading = withdrawnReading(document);
  const { layout, traces } = survey;
  const marked = reading.place.row ?? 0;
  const persons = traces.flatMap(({ number, month, spans }): WithdrawnPerson[] => {
    if (!number) return [];
    const isOwn = spans.some(({ row, count }) => marked >= row && marked < row + count);
    return [{ key: keyOf(file, number), month, place: { row: spans[0]!.row }, isOwn }];
  });
  const rows = traces.reduce((sum, { spans }) => sum + spans.reduce((n, { count }) => n + count, 0), 0);
  return {
    ...reading,
    ...{ read_by: 'csv', kind: layout?.kind ?? null, title: layout?.type ?? null, rows, persons },
  };
}

/** Of a PDF: the persons that its forms name; a page without a name is of the form before it. */
export function numberedPdf(file: SurveyedFile, numbered: ReadDocument[], pieces: Piece[]): Numbered {
  const [first] = numbered;
  const marked = new Set(numbered.map(({ pages }) => pages?.from));
  const persons: WithdrawnPerson[] = [];
  let last: string | null = null;
  for (const { number, name, month, pages } of pieces) {
    const person: string | null = number ?? (name ? `name:${name}` : last);
    last = person;
    if (!person) continue;
    const isOwn = marked.has(pages?.from);
    persons.push({ key: keyOf(file, person), month, place: { page: pages?.from ?? 1 }, isOwn });
  }
  const pages = Math.max(0, ...pieces.map((piece) => piece.pages?.to ?? 0));
  return { ...withdrawnReading(first!), pages, persons };
}

/** A file that was taken out before, as what is left of it says. */
export function takenOut({ withdrawn }: UploadEntry, file: SurveyedFile): SurveyedFile {
  const { digest, size, read } = withdrawn ?? {};
  if (!digest || !read?.persons) return file;
  return { ...file, digest, size: size ?? 0, numbered: { ...read, persons: read.persons } };
}

/** Whether more than one packet may have lost papers with it. */
export const isShared = ({ numbered }: SurveyedFile): boolean => (numbered?.persons.length ?? 0) > 0;

interface OfPerson {
  number: string | null;
  person?: string | null;
  months: string[];
}

/** The packets whose person had papers in the file, and what is reported to them. None: no one in it is known otherwise. */
export function concerned<Plan extends OfPerson>(
  file: SurveyedFile,
  plans: Plan[],
): { plan: Plan; person: WithdrawnPerson }[] {
  return plans.flatMap((plan) => {
    const keys = [plan.number, plan.person && `name:${plan.person}`].flatMap((one) =>
      one ? [keyOf(file, one)] : [],
    );
    const own = (file.numbered?.persons ?? []).filter(({ key }) => keys.includes(key));
    const ofMonth = own.filter(
      ({ month }) => month === null || plan.months.length === 0 || plan.months.includes(month),
    );
    const person = ofMonth.find(({ isOwn }) => isOwn) ?? ofMonth[0];
    return person ? [{ plan, person }] : [];
  });
}

/** The file in the packet of one of its persons; null: in a packet of its own. */
export function lostFile(file: SurveyedFile, of: WithdrawnPerson | null, isFirst: boolean): PacketFile {
  const { entry, digest, size, numbered } = file;
  return {
    ...{ path: entry.path, digest: digest ?? '', size },
    read: async () => {
      throw new Error(`${fileNameOf(file)} carries a 個人番号 and is not read`);
    },
    withdrawn: { ...numbered!, ...(of && { of: { ...of, isCounted: isFirst } }) },
    part: { isFirst },
  };
}
