import type { ReadDocument } from '../../documents/document.ts';
import type { FactSheet } from '../fact.ts';
import { evidenceOf, putDerived, putRead, type Readings } from '../readings.ts';

/** 経過記録, 評価表, 契約書, 同意書, チェックリスト, モニタリング. */
export function readRecords(facts: FactSheet, readings: Readings, documents: ReadDocument[]): void {
  const has = (kind: string): ReadDocument | undefined =>
    documents.find((d) => d.kind === kind && d.outcome === 'used');
  const keika = has('keika_kiroku') ?? has('shien_keika');
  if (keika && keika.read_by !== 'none') {
    const tags = readings.of('keika_tag');
    const at = [
      { source: 'document' as const, where: { file: keika.file, page: keika.pages?.from }, raw: '' },
    ];
    putDerived(
      facts,
      'flags.keika_tags',
      [...new Set(tags.map((r) => String(r.value)))],
      'known',
      '経過記録の見出し',
      tags.length > 0 ? evidenceOf(tags) : at,
    );
    const reason = readings.of('keika_change_reason');
    putDerived(
      facts,
      'flags.keika_contains_change_reason',
      reason.length > 0,
      'known',
      '経過記録の本文',
      reason.length > 0 ? evidenceOf(reason) : at,
    );
    const contact = readings.of('keika_center_contact');
    if (contact.length > 0)
      putDerived(facts, 'flags.contacted_hokatsu', true, 'known', '経過記録の本文', evidenceOf(contact));
  }
  putRead(facts, 'flags.hyoka_result', readings.of('hyoka_result'));
  const stamped = readings.of('stamped');
  if (stamped.length > 0)
    putRead(
      facts,
      'flags.riyohyo_stamped',
      stamped,
      stamped.some((r) => r.value === true),
    );
  putRead(facts, 'flags.assessment_home_visit', readings.of('assessment_home_visit').slice(0, 1));
  const items = readings.of('video_agreed_item');
  if (items.length > 0)
    putRead(facts, 'flags.video_agreed_items', items, [...new Set(items.map((r) => String(r.value)))]);
  const answers = readings.of('checklist_answer');
  if (answers.length > 0) {
    const scores = Object.fromEntries(
      answers.map((r) => String(r.value).split('=')).map(([no, score]) => [no, Number(score)]),
    );
    putRead(facts, 'checklist_answers', answers, scores);
  }
  const contracts = documents
    .map((d) => d.readings.filter((r) => r.field === 'contract_party'))
    .filter((parties) => parties.length > 0);
  if (contracts.length > 0) {
    putRead(
      facts,
      'contracts',
      contracts.flat(),
      contracts.map((parties) => [...new Set(parties.map((r) => String(r.value)))]),
    );
  }
  readMonitoring(facts, readings);
}

/** «YYYY-MM visit» entries of the records, made one line a month. */
function readMonitoring(facts: FactSheet, readings: Readings): void {
  const entries = readings.of('monitoring_entry');
  if (entries.length === 0) return;
  const months = new Map<string, Record<string, unknown>>();
  for (const entry of entries) {
    const [month, how] = String(entry.value).split(' ');
    if (!month) continue;
    months.set(month, { ...(months.get(month) ?? { month }), record: true, ...(how && { [how]: true }) });
  }
  putRead(facts, 'monitoring', entries, [...months.values()]);
}
