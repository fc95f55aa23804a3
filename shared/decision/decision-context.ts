import type { OcrTexts } from '../documents/ocr/ocr-text.ts';
import type { FactContext } from '../facts/collect-facts.ts';
import type { Person } from '../facts/identify.ts';

/** An office or a center that sent papers of a person's month which did not go back. */
export interface Sender {
  office_number: string;
  /** the category its latest papers were judged to be of; null where it could not be decided */
  category: string | null;
}

/** What is known beside the upload itself. */
export interface DecisionContext extends FactContext {
  /** who sent papers of this person and month so far, from the records: each sender with its latest category */
  sendersOf?: ((person: Person, month: string) => Promise<Sender[]>) | undefined;
  /** folder of profiles, for a what-if under edited rules */
  profiles?: string | undefined;
  /** what OCR read so far; a picture without a text waits for a person */
  ocrTexts?: OcrTexts | undefined;
}
