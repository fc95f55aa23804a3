import { LAYOUTS } from '../../documents/csv/layouts.ts';
import type { ReadDocument } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { CSV_TYPES } from '../../packet/standard-csv-name.ts';
import { isConfirmed } from '../../vocabulary/declared-documents.ts';
import { type DocumentKind, documentTitle, isDocumentKind } from '../../vocabulary/document-kinds.ts';
import { type Fact, factValue } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { pageEvidence } from '../make-fact.ts';
import type { FactSources } from './fact-sources.ts';

/** Documents found in the files; what only the cover names counts where no file could show it. */
export function mergeDocuments({ documents, cover }: Pick<FactSources, 'documents' | 'cover'>): Found {
  const arrived = documentsByKind(documents);
  const declared = (factValue<string[]>(cover, 'documents') ?? []).filter((key) => !arrived.has(key));
  const physical = declared.filter((key) => PHYSICAL.has(key));
  const missing = declared.filter(
    (key): key is DocumentKind =>
      !PHYSICAL.has(key) && isDocumentKind(key) && !isConfirmed(key, (kind) => arrived.has(kind)),
  );
  const needsEyes = documents.some(isUnrecognised);
  return found(
    [
      documentsFact(arrived, [
        ...new Set([
          ...arrived.keys(),
          ...unreadKinds(documents),
          ...physical,
          ...(needsEyes ? missing : []),
        ]),
      ]),
      ...[...arrived].map(([kind, document]) => documentFact(kind, document)),
    ],
    missing.length > 0 ? [missingFinding(missing, needsEyes)] : [],
  );
}

/** The first document of each kind, a sheet with two forms under both. */
function documentsByKind(documents: ReadDocument[]): Map<string, ReadDocument> {
  const byKind = new Map<string, ReadDocument>();
  for (const document of documents.filter((d) => d.outcome === 'used'))
    for (const kind of [...(document.kind ? [document.kind] : []), ...(document.also ?? [])])
      if (!byKind.has(kind)) byKind.set(kind, document);
  return byKind;
}

/** Kinds of CSV files that arrived and could not be read: their own finding says so, and none of them is missing. */
const unreadKinds = (documents: ReadDocument[]): DocumentKind[] =>
  documents.flatMap(({ outcome, title }) => {
    const kind = outcome === 'unreadable' ? CSV_TYPES.find((type) => type === title) : undefined;
    return kind ? (LAYOUTS[kind].kind ?? []) : [];
  });

/** A file that was not recognised may be the document the cover names: a person will see. */
const isUnrecognised = ({ outcome, kind, findings }: ReadDocument): boolean =>
  outcome === 'used' && kind === null && findings.some((f) => NEEDS_EYES.has(f.code));

const NEEDS_EYES = new Set(['F_FILE_IMAGE', 'F_FILE_OCR', 'F_PDF_NO_TEXT', 'F_PDF_UNKNOWN_FORM']);

/** Handed over by hand: no file can be the original, or the card itself. */
const PHYSICAL = new Set(['care_plan_original', 'hihokenshasho', 'futan_wariaisho']);

const documentsFact = (arrived: Map<string, ReadDocument>, kinds: string[]): Fact => ({
  path: 'documents',
  state: 'known',
  value: kinds,
  evidence: [...arrived.values()].flatMap((d) => pageEvidence(d, d.title)),
});

const documentFact = (kind: string, document: ReadDocument): Fact => ({
  path: `document.${kind}`,
  state: 'known',
  value: true,
  evidence: pageEvidence(document, document.title),
});

const missingFinding = (kinds: DocumentKind[], needsEyes: boolean): Finding =>
  fileFinding(
    'F_PACKET_DECLARED',
    needsEyes ? 'review' : 'warn',
    { file: 'packet.json' },
    `送付票に書かれた書類のうち、${kinds.map((k) => `「${documentTitle(k)}」`).join('')}を、届いたファイルの中に確認できません。`,
    needsEyes
      ? '様式を判別できないファイルがあります。審査担当が目で確かめます。'
      : '書類を加えるか、送付票の記載を直して出し直してください。',
  );
