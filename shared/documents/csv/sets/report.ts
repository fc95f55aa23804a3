import { type Finding, fileFinding, type Severity } from '../../../findings/finding.ts';
import type { FindingCode } from '../../../findings/finding-codes.ts';
import type { CsvFile } from '../csv-file.ts';

/** Adds a finding to the document it is about. */
export function report(
  file: CsvFile,
  code: FindingCode,
  severity: Severity,
  row: number | undefined,
  message: string,
  remedy: string,
): void {
  const finding: Finding = fileFinding(
    code,
    severity,
    { file: file.document.file, ...(row === undefined ? {} : { row }) },
    message,
    remedy,
  );
  file.document.findings.push(finding);
}
