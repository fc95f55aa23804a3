import { reportFault } from '../faults/report-fault.ts';
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

/** Reports a fault of the program that kept one file of an upload from being unpacked; the file is for a person to see. */
export function faultTrouble(error: unknown): EntryTrouble {
  reportFault(error);
  return deskFault();
}

/** The same of a fault that an isolated process has reported. */
export const deskFault = (): EntryTrouble =>
  new EntryTrouble(
    'F_FILE_DESK_FAULT',
    'unreadable',
    '受付のプログラムの不具合により取り出せませんでした。書類の誤りではありません',
    '事業所の対応は不要です。受付で不具合を調べて直します。',
  );

/** The name itself carries a 個人番号. */
export const numberedName = (): EntryTrouble =>
  new EntryTrouble(
    'F_FILE_MYNUMBER',
    'quarantined',
    'ファイルやフォルダーの名前に個人番号（マイナンバー）が書かれています。このファイルは審査に使わず、送られたZIPから取り除き、受付に残しません',
    '名前から個人番号を消して、送り直してください。受付では個人番号を取り扱いません。',
  );
