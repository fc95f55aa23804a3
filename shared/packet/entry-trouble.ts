import type { FindingCode } from '../findings/finding-codes.ts';
import type { Packet } from './packet.ts';

export type Rejection = Packet['rejected'][number]['outcome'];

/** Why one file of an upload cannot be read. Thrown inside this folder only; it leaves it as a finding. */
export class EntryTrouble extends Error {
  code: FindingCode;
  outcome: Rejection;
  remedy: string;

  constructor(code: FindingCode, outcome: Rejection, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.outcome = outcome;
    this.remedy = remedy;
  }
}
