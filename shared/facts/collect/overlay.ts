import type { ServiceUse } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { foldKey } from '../../text/normalise.ts';
import { factLabel } from '../../vocabulary/fact-labels.ts';
import type { FactSheet } from '../fact.ts';

/** The documents' facts over the cover's; a difference is told. */
export function overlay(cover: FactSheet, read: FactSheet, findings: Finding[]): FactSheet {
  const facts: FactSheet = new Map(cover);
  for (const [path, fact] of read) {
    const said = cover.get(path);
    const own = path === 'dates.today' || path === 'dates.received';
    if (
      said &&
      !own &&
      fact.state === 'known' &&
      fact.evidence.some((e) => e.source === 'document') &&
      disagree(path, said.value, fact.value)
    ) {
      findings.push(
        fileFinding(
          'F_FACT_CONFLICT',
          'review',
          fact.evidence.find((e) => e.where.file)?.where ?? {},
          `「${factLabel(path)}」が、送付票と書類で違います。書類の記載で審査しました。`,
          'どちらが正しいか確かめ、送付票または書類を直して出し直してください。',
        ),
      );
    }
    if (said && fact.state !== 'known') continue;
    facts.set(path, fact);
  }
  return facts;
}

function disagree(path: string, said: unknown, read: unknown): boolean {
  if (path.startsWith('services_')) {
    const classes = (list: unknown): string =>
      [...new Set((list as ServiceUse[]).map((s) => s.class))].sort().join();
    return classes(said) !== classes(read);
  }
  if (path === 'notification.form')
    return !foldKey(String(read)).includes(foldKey(String(said)).replace(/\(.*$/, ''));
  if (path === 'notification' || Array.isArray(read) || (typeof read === 'object' && read !== null))
    return false;
  return said !== read;
}
