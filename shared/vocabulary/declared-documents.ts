import * as z from 'zod';
import { tableLoader } from '../profiles/load-table.ts';
import { type DocumentKind, isDocumentKind } from './document-kinds.ts';

const kindSchema = z.custom<DocumentKind>(
  (value) => typeof value === 'string' && isDocumentKind(value),
  '知らない書類の種類です',
);
const loadTable = tableLoader(
  z.strictObject({ confirmed_by: z.partialRecord(kindSchema, z.array(kindSchema)) }),
);

/** Whether a kind that only the cover names is another name of a document found (profiles/declared-documents.yaml). */
export const isConfirmed = (declared: DocumentKind, isFound: (kind: DocumentKind) => boolean): boolean =>
  loadTable('declared-documents').confirmed_by[declared]?.some(isFound) ?? false;
