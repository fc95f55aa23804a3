import type { ReadDocument } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { isConfirmed } from '../../vocabulary/declared-documents.ts';
import { documentTitle, isDocumentKind } from '../../vocabulary/document-kinds.ts';
import { type FactSheet, factValue } from '../fact.ts';
import { evidenceOf, putDerived, Readings } from '../readings.ts';

/** Documents found in the files; what only the cover names counts where no file could show it. */
export function mergeDocuments(
  facts: FactSheet,
  documents: ReadDocument[],
  cover: FactSheet,
  findings: Finding[],
): void {
  const found = new Map<string, ReadDocument>();
  for (const d of documents.filter((d) => d.outcome === 'used')) {
    for (const kind of [...(d.kind ? [d.kind] : []), ...(d.also ?? [])])
      if (!found.has(kind)) found.set(kind, d);
  }
  const unread = documents.some(
    (d) => d.outcome === 'used' && d.kind === null && d.findings.some((f) => NEEDS_EYES.has(f.code)),
  );
  const declared = (factValue<string[]>(cover, 'documents') ?? []).filter((k) => !found.has(k));
  const physical = declared.filter((k) => PHYSICAL.has(k));
  const doubtful = declared.filter(
    (k) => !PHYSICAL.has(k) && isDocumentKind(k) && !isConfirmed(k, (kind) => found.has(kind)),
  );
  if (doubtful.length > 0) {
    findings.push(
      fileFinding(
        'F_PACKET_DECLARED',
        unread ? 'review' : 'warn',
        { file: 'packet.json' },
        `送付票に書かれた書類のうち、${doubtful.map((k) => `「${documentTitle(k)}」`).join('')}を、届いたファイルの中に確認できません。`,
        unread
          ? '様式を判別できないファイルがあります。審査担当が目で確かめます。'
          : '書類を加えるか、送付票の記載を直して出し直してください。',
      ),
    );
  }
  const counted = [...found.keys(), ...physical, ...(unread ? doubtful : [])];
  facts.set('documents', {
    path: 'documents',
    state: 'known',
    value: counted,
    evidence: [...found.values()].map((d) => ({
      source: 'document',
      where: { file: d.file, page: d.pages?.from },
      raw: d.title ?? '',
    })),
  });
  for (const [kind, d] of found) {
    facts.set(`document.${kind}`, {
      path: `document.${kind}`,
      state: 'known',
      value: true,
      evidence: [{ source: 'document', where: { file: d.file, page: d.pages?.from }, raw: d.title ?? '' }],
    });
  }
  readConsents(facts, documents);
}

/** A file nobody could recognise may be the document the cover names; a person will see. */
const NEEDS_EYES = new Set(['F_FILE_IMAGE', 'F_FILE_OCR', 'F_PDF_NO_TEXT', 'F_PDF_UNKNOWN_FORM']);

/** Handed over by hand: no file can be the original, or the card itself. */
const PHYSICAL = new Set(['care_plan_original', 'hihokenshasho', 'futan_wariaisho']);

/** Who signed the 個人情報の同意書: the user, the family, or neither. */
function readConsents(facts: FactSheet, documents: ReadDocument[]): void {
  const forms = documents.filter(
    (d) => d.kind === 'kojin_joho_doisho' && d.outcome === 'used' && d.read_by !== 'none',
  );
  if (forms.length === 0) return;
  const readings = new Readings(forms);
  const signers = readings.of('consent_by').map((r) => String(r.value));
  const anyone = readings.of('signed').some((r) => r.value === true);
  const put = (path: string, value: boolean): void => {
    if (!facts.has(path))
      putDerived(facts, path, value, 'known', '個人情報の同意書の署名', evidenceOf(readings.of('signed')));
  };
  // A form that does not say who signed it is the user's own.
  put('flags.personal_info_consent_user', signers.length > 0 ? signers.includes('user') : anyone);
  if (signers.length > 0) put('flags.personal_info_consent_family', signers.includes('family'));
}
