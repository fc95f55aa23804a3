import { deskFault } from '../findings/desk-fault.ts';
import type { Finding } from '../findings/finding.ts';
import type { ReadDocument } from './document.ts';

type FileName = { path: string; digest: string };

/** A document of a whole file from which nothing was read (yet). */
export const blankDocument = (
  { path, digest }: FileName,
  parts: Partial<ReadDocument> = {},
): ReadDocument => ({
  file: path,
  kind: null,
  title: null,
  read_by: 'none',
  pages: null,
  rows: 0,
  outcome: 'used',
  digest,
  readings: [],
  findings: [],
  ...parts,
});

/** A file that could not be read, with the finding that says why. */
export const unreadDocument = (file: FileName, finding: Finding, pages = 0): ReadDocument =>
  blankDocument(file, {
    outcome: 'unreadable',
    pages: pages > 0 ? { from: 1, to: pages } : null,
    findings: [finding],
  });

/** A file that a fault of the program kept from being read. */
export const faultyDocument = (file: FileName, pages = 0): ReadDocument =>
  unreadDocument(file, deskFault({ file: file.path }), pages);
