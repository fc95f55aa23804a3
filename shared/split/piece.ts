import type { EntryGroup } from '../packet/group-entries.ts';
import type { PageSpan, RowSpan } from '../packet/packet.ts';
import type { UploadEntry } from '../packet/upload-entry.ts';
import type { WithdrawnPerson, WithdrawnReading } from '../packet/withdrawn.ts';
import type { Spilled } from './spill.ts';

/** What cannot be divided any more: records of one person and month, one form of a PDF, or a whole file. */
export interface Piece {
  file: SurveyedFile;
  /** the person and month it names; null: none, or several */
  number: string | null;
  insurer: string | null;
  /** comparable (`nameKey`) */
  name: string | null;
  /** YYYY-MM */
  month: string | null;
  /** ISO date: of a paper without a month the day it is from */
  date: string | null;
  /** a month's papers begin with it: the office's own CSV of the month or plan, a 利用票, a plan */
  isHome: boolean;
  /** a 利用票: it counts for the month it names */
  isMonthly: boolean;
  /** a 利用票 with 実績 */
  isUse: boolean;
  /** packet.json: the month it names is where it goes, and makes no month by itself */
  isCover?: true;
  /** its pages could not be read: they may be of anybody */
  isLost?: true;
  /** absent: the whole file */
  rows?: RowSpan[];
  pages?: PageSpan;
  /** what was read on its pages, as JSON */
  document?: Spilled;
  /** sha256 over what its pages show, in whatever file; absent where a picture may show more */
  content?: string;
}

/** A file of an upload that is split. */
export interface SurveyedFile {
  entry: UploadEntry;
  group: EntryGroup;
  /** in the order of the upload */
  order: number;
  /** sha256, hex; null where it could not be read */
  digest: string | null;
  size: number;
  pieces: Piece[];
  /** of a CSV with several persons or months */
  csv?: {
    encoding: string;
    header: RowSpan | null;
    bytes: Spilled;
    isOfProvider: boolean;
    /** of all its records, YYYYMM */
    months: string[];
  };
  /** with a 個人番号: it is taken out of the upload as a whole, and each person in it is notified */
  numbered?: WithdrawnReading & { persons: WithdrawnPerson[] };
  /** packet.json that names no person: it goes with every packet of its folder */
  isSharedCover?: true;
  /** it holds pictures: whose they are only OCR can tell */
  isScan?: true;
}

/** The folders a file is in, outermost first: `['2024-06', '2024-06/見本花子']`. */
export const foldersOf = ({ entry }: SurveyedFile): string[] =>
  entry.parts.slice(0, -1).map((_, i) => entry.parts.slice(0, i + 1).join('/'));

export const fileNameOf = ({ entry }: SurveyedFile): string => entry.parts.at(-1) ?? '';
