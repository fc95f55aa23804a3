/** What one PDF may cost. The messages to the office state the figure that was exceeded. */
export interface PdfLimits {
  /** pages of one file */
  pages: number;
  /** pages that are read in one turn: memory does not grow with the pages of a file */
  pagesAtOnce: number;
  /** seconds of wall time for one turn */
  seconds: number;
  /** characters of one page; more is a fault or an attack, no form prints as much */
  charactersPerPage: number;
}

export const PDF_LIMITS: PdfLimits = {
  pages: 5000,
  pagesAtOnce: 100,
  seconds: 60,
  charactersPerPage: 200_000,
};
