import { ownerOf, type PapersNamed } from '../access/rights.ts';
import { NO_OFFICE, OPERATOR, type Sender } from '../access/sender.ts';
import type { ConfirmedReadings } from '../documents/confirmed-readings.ts';
import type { OcrTexts } from '../documents/ocr/ocr-text.ts';
import type { FactContext } from '../facts/collect-facts.ts';
import type { Person } from '../facts/identify.ts';
import { packetId } from '../packet/packet-id.ts';
import type { Waiver } from '../rules/waiver.ts';
import type { Overtaken } from './overtaken.ts';
import type { RememberedOf, Reviewed } from './reviewed.ts';

/** An office or a center with papers of a person's month that were not returned. */
export interface Claimant {
  office_number: string;
  /** the category its latest papers were judged to be of; null where it could not be decided */
  category: string | null;
}

/** What is known beside the upload itself. */
export interface DecisionContext extends FactContext {
  /** who sent the upload, from the sign-in; absent where no one signs in: the operator */
  sender?: Sender | undefined;
  /** whose papers of this person and month came so far, from the records: each office with its latest category */
  claimantsOf?: ((person: Person, month: string, papers: PapersNamed) => Promise<Claimant[]>) | undefined;
  /** it completes a packet, and something came between; from the records */
  overtaken?: Overtaken | null | undefined;
  /** waivers of a city, from the records */
  waiversOf?: ((city: string) => Promise<Waiver[]>) | undefined;
  /** folder of profiles, for a what-if under edited rules */
  profiles?: string | undefined;
  /** what reviewers entered about one packet of the folder, by its part; absent: it is decided for the first time */
  reviewed?: { part: number; reviewed: Reviewed } | undefined;
  /** what reviewers entered about earlier packets of the person */
  rememberedOf?: RememberedOf | undefined;
  /** what reviewers saw on pictures */
  confirmedReadings?: ConfirmedReadings | undefined;
  /** what OCR read so far; a picture without a text waits for a person */
  ocrTexts?: OcrTexts | undefined;
}

export const senderIn = ({ sender }: Pick<DecisionContext, 'sender'>): Sender => sender ?? OPERATOR;

/** The identity of a packet: whose it is, who sent it where that is another, and its contents. */
export function packetIdOf(
  context: Pick<DecisionContext, 'sender'>,
  papers: PapersNamed,
  digest: string,
): string {
  const sender = senderIn(context);
  const owner = ownerOf(sender, papers);
  const by = sender.kind === 'office' && sender.office !== owner ? `${sender.office} ${owner}` : owner;
  return packetId(by === NO_OFFICE ? null : by, digest);
}
