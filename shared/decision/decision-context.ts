import type { OcrTexts } from '../documents/ocr/ocr-text.ts';
import type { Registry } from '../registry/registry.ts';

/** An office or a center that sent papers of a person's month which did not go back. */
export interface Sender {
  office_number: string;
  /** the category its latest papers were judged to be of; null where nobody could tell */
  category: string | null;
}

/** What the desk knows beside the upload itself. */
export interface DecisionContext {
  registries: Registry[];
  /** the day of decisionContext, ISO date */
  today: string;
  /** when the upload was received, ISO date; absent in a dry run, where nothing has been received */
  received?: string;
  /** city key, when the caller fixes it (`check --city`) */
  city?: string;
  /** the case of the same person in the month before, from the records */
  previousCase?: (
    person: { city: string; insurer_number: string; insured_number: string },
    month: string,
  ) => Promise<{ category: string } | null>;
  /** who sent papers of this person and month so far, from the records: each sender with what stands of it */
  sendersOf?: (
    person: { city: string; insurer_number: string; insured_number: string },
    month: string,
  ) => Promise<Sender[]>;
  /** folder of profiles, for a what-if under edited rules */
  profiles?: string;
  /** what was read from scans so far; without it, or where nothing stands there yet, pictures wait for a person */
  ocrTexts?: OcrTexts;
}
