import { sha256 } from '../text/digest.ts';
import { printable } from '../text/printable.ts';
import type { FindingCode } from './finding-codes.ts';

/** error → the packet is returned; warn or review → a person checks it; info → nothing to do. */
export type Severity = 'error' | 'warn' | 'review' | 'info';

/** A place in the law or in a city's own document. `title` names the document, `place` the article, question or heading. */
export interface Citation {
  title: string;
  place: string;
}

/** Where in the upload something is wrong. Rows, columns and pages count from 1, bytes from 0. */
export interface Where {
  file?: string;
  page?: number;
  row?: number;
  column?: number;
  column_name?: string;
  byte?: number;
  /** the place on the page as it was sent: left, top, width, height as fractions of the page */
  box?: [x: number, y: number, w: number, h: number];
}

/**
 * Something the office or the 包括 must know. Data, never thrown.
 * Findings of law carry rule, edition and citation; findings about files (F_FILE_, F_CSV_, F_PDF_, F_ZIP_,
 * F_PACKET_, F_FACT_) carry none.
 */
export interface Finding {
  code: FindingCode;
  severity: Severity;
  /** the rule that raised it, and every other rule it covers */
  rule: string | null;
  rules: string[];
  /** the edition of the profile that was in force */
  edition: string | null;
  citation: Citation | null;
  where: Where;
  /** further places with the same error */
  also?: Where[];
  /** what is wrong, in Japanese */
  message: string;
  /** how to fix it, in Japanese */
  remedy: string;
  /**
   * Set where the finding is about another office: the 包括 and the city alone read it. An office reads these words in its
   * place, or nothing (shared/decision/office-view.ts).
   */
  for_office?: { code: FindingCode; message: string; remedy: string };
  /** waivers of the city by which it is a note alone */
  waived?: string[];
  /** document keys the finding is about */
  documents?: string[];
  /** what was read from pictures and must be looked at */
  readings?: PictureReading[];
  /** a reviewer looked at it: on which day (ISO date), and whether in an earlier packet of the person */
  answered?: { on: string; remembered: boolean };
}

/** A field of a picture, and every value that was read for it there. */
export interface PictureReading {
  field: string;
  label: string;
  /** sha256 of the file, hex */
  digest: string;
  where: Where;
  values: string[];
}

/** A finding by what it says: the same question about the same values has the same key. */
export const findingKey = ({ rule, code, message, where }: Finding): string =>
  sha256(JSON.stringify([rule, code, message, rule === null ? (where.file ?? '') : ''])).slice(0, 32);

/** A finding about a file: no rule, no citation. */
export function fileFinding(
  code: FindingCode,
  severity: Severity,
  where: Where,
  message: string,
  remedy: string,
): Finding {
  return {
    ...{ code, severity, rule: null, rules: [], edition: null, citation: null, where },
    // It may quote what a file holds.
    message: printable(message),
    remedy: printable(remedy),
  };
}
