import type { ReadCover } from '../cover-sheet/read-cover.ts';
import type { FieldName, ReadDocument } from '../documents/document.ts';
import { strayDocument, strayFinding } from '../documents/read-before.ts';
import { nameKey } from '../text/normalise.ts';
import { only } from './persons.ts';

/**
 * Papers of another person in the folder of one: reported with their page, and not used. Whose folder it is its CSV files
 * or its cover say; without them nothing is set aside here. A stack with 送付票 is divided by those.
 */
export function setStraysAside({ cover }: ReadCover, documents: ReadDocument[]): ReadDocument[] {
  if (documents.some(({ kind }) => kind === 'cover_sheet')) return documents;
  const ofCsv = documents.filter(({ read_by, outcome }) => read_by === 'csv' && outcome === 'used');
  const numbers = new Set(ofCsv.flatMap((document) => certain(document, 'insured_number')));
  const owner = numbers.size > 0 ? only(numbers) : (cover.insured_number ?? null);
  if (!owner) return documents;
  const own = documents.filter((document) => certain(document, 'insured_number').includes(owner));
  if (own.length === 0) return documents;
  return documents.map((document) => {
    const number = only(certain(document, 'insured_number'));
    const { pages, file } = document;
    if (document.read_by !== 'text' || document.outcome !== 'used') return document;
    if (!pages || !number || number === owner || mayHaveMoved(document, own)) return document;
    const where = { file, page: pages.from };
    return strayDocument(
      document,
      strayFinding(where, `${pages.from}ページ`, { persons: 1, isShared: false }),
    );
  });
}

const certain = ({ readings }: ReadDocument, field: FieldName): string[] =>
  readings.filter((r) => r.field === field && !r.uncertain).map((r) => String(r.value));

/** Under another insurer a person has another number (shared/facts/identify/split-moved.ts). */
function mayHaveMoved(document: ReadDocument, own: ReadDocument[]): boolean {
  const insurers = certain(document, 'insurer_number');
  const names = certain(document, 'name').map(nameKey);
  const ownInsurers = own.flatMap((one) => certain(one, 'insurer_number'));
  const ownNames = own.flatMap((one) => certain(one, 'name')).map(nameKey);
  const isOtherInsurer =
    insurers.length > 0 && ownInsurers.length > 0 && !insurers.some((n) => ownInsurers.includes(n));
  const isOtherName = names.length > 0 && ownNames.length > 0 && !names.some((n) => ownNames.includes(n));
  return isOtherInsurer && !isOtherName;
}
