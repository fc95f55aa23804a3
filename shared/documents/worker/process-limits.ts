import { PDF_LIMITS } from '../pages/pdf-limits.ts';

/** What one file may cost the process that reads it. Beyond, the process is ended. */
export interface ProcessLimits {
  /** wall time; more than the reader's own limit, whose finding names the pages */
  seconds: number;
  /** wall time of all PDFs of one packet: many slow files must not outlive the function's turn */
  packetSeconds: number;
  /** the whole process */
  megabytes: number;
  /** of it, the JavaScript heap */
  heapMegabytes: number;
}

export const PROCESS_LIMITS: ProcessLimits = {
  seconds: PDF_LIMITS.seconds + 5,
  packetSeconds: 300,
  megabytes: 1024,
  heapMegabytes: 512,
};
