/** One contract as a paper shows it. Dates are ISO. What is not written on it is left out. */
export interface ContractPaper {
  parties: string[];
  /** term */
  from?: string | null;
  to?: string | null;
  /** signed on */
  date?: string | null;
  /** whether the user signed it */
  signed?: boolean | null;
}
