import type { Case, Certification } from '../model.ts';
import { CSV_VERSION, type CsvRow } from './write-csv.ts';

/** An ISO date or month as the files write it: 20240510. */
export const compact = (iso: string): string => iso.replaceAll('-', '');

/** The columns that begin every row. */
export const keyCells = (c: Case): CsvRow => ({
  CSVバージョン: CSV_VERSION,
  保険者番号: c.city.insurer,
  被保険者番号: c.person.insured,
});

/** 要介護状態区分 as a code. */
export const CERT_CODE: Record<Certification, string> = {
  事業対象者: '06',
  要支援1: '12',
  要支援2: '13',
  要介護1: '21',
};
