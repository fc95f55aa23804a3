import { PDF_LIMITS } from '../pages/pdf-limits.ts';

/** What one file may cost the process that reads it. Beyond, the process is ended. */
export interface ProcessLimits {
  /** wall time; more than the reader's own limit, whose finding names the pages */
  seconds: number;
  /** the same of an Office file, which is read whole: the largest that is read takes a quarter of it */
  officeSeconds: number;
  /** wall time of all PDFs of one packet: many slow files must not outlive the function's turn */
  packetSeconds: number;
  /** wall time of all PDFs that are read before an upload is split */
  splitSeconds: number;
  /** the whole process */
  megabytes: number;
  /** of it, the JavaScript heap */
  heapMegabytes: number;
}

/** Megabytes that the process of the function itself needs beside its readers. */
const OWN_MEGABYTES = 512;
const MOST_AT_ONCE = 4;

/**
 * Readers that may run at once, each as large as it may grow: the limit of memory is checked ten times a second, and two
 * readers that outgrow a function's memory together end the function and not themselves.
 * @param cores and @param megabytes of the machine or the function
 */
export const readersAtOnce = (cores: number, megabytes: number, each = PROCESS_LIMITS.megabytes): number =>
  Math.max(1, Math.min(MOST_AT_ONCE, cores, Math.floor((megabytes - OWN_MEGABYTES) / each)));

export const PROCESS_LIMITS: ProcessLimits = {
  seconds: PDF_LIMITS.seconds + 5,
  officeSeconds: 20,
  packetSeconds: 300,
  splitSeconds: 600,
  megabytes: 1024,
  heapMegabytes: 512,
};
