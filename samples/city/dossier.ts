import type { SampleFile } from '../lib/csv/write-csv.ts';
import type { ContractOptions } from '../lib/forms/contract.ts';
import type { HyokaOptions } from '../lib/forms/hyoka.ts';
import type { KeikaEntry } from '../lib/forms/keika.ts';
import type { MonitoringEntry } from '../lib/forms/records.ts';
import type { NotificationOptions } from '../lib/forms/todoke.ts';
import type { Body, Case } from '../lib/model.ts';
import type { CsvSet } from '../lib/packet.ts';
import type { PersonMonth } from './life.ts';
import type { Town } from './town.ts';

export type Outcome = 'accept' | 'review' | 'return';

/** Something a complete packet of this event has, and what its absence means. */
export interface Need {
  /** document key, or `todoke` for the notification of the month */
  document: string;
  /** other documents that do as well */
  or?: string[];
  code: string;
  severity: 'error' | 'warn' | 'review';
  rule: string;
  /** only asked for beside this document */
  beside?: string;
  /** the name it has in the list of missing documents, null when it is in none; the document's own when not given */
  listed?: string | null;
  /** what is found instead has a code of its own: a copy where the original is asked for */
  instead?: { document: string; code: string; severity: 'error' | 'warn' | 'review'; rule: string };
}

/** A finding the desk must make. */
export interface ExpectedFinding {
  code: string;
  severity: 'error' | 'warn' | 'review';
  rule: string;
}

/**
 * One packet before it is written: what is true (`month`), what the papers show, and what the desk must answer.
 * A defect changes the papers and states the answer; the truth of the month stays as it is.
 */
export interface Dossier {
  town: Town;
  month: PersonMonth;
  /** what the forms and CSV files are drawn from; a defect may let it differ from the truth */
  c: Case;
  /** when the office sends it */
  received: string;
  stamp: string;
  /** the center the files are addressed to */
  to: Body;
  csv: CsvSet[];
  /** something came as a picture that was not read: what seems to be missing may be on it */
  hasPictures: boolean;
  /** no forms are written, whatever `papers` would hold */
  csvOnly: boolean;
  papers: Papers;
  /** packet.json; null when the office sends none */
  cover: Record<string, unknown> | null;
  /** what a complete packet has */
  needs: Need[];
  /** findings of the desk although nothing is wrong with the papers (関与 in doubt, source unclear) */
  standing: ExpectedFinding[];
  /** changes to the finished files, in order */
  tampering: ((files: SampleFile[]) => SampleFile[] | Promise<SampleFile[]>)[];
  /** the expectation, where a defect makes it differ from what follows from `needs` and `standing` */
  verdict: Partial<Verdict>;
  /** codes that follow from a defect and may be found or not */
  tolerated: string[];
}

/** What the desk must answer. null: it must leave it out; undefined: no source decides what is right. */
export interface Verdict {
  decision: Outcome;
  category: string | null | undefined;
  payer: string | null | undefined;
  base_units: number | null | undefined;
  total_units: number | null | undefined;
  required: string[];
  missing: string[] | undefined;
  findings: ExpectedFinding[];
  /** codes that follow from the same fault and may be found beside it or not */
  tolerated: string[];
}

/** The forms of a packet; null or an empty list: missing. */
export interface Papers {
  kihon: boolean;
  plan: { title?: string; copy?: boolean } | null;
  checklist: { again: boolean } | null;
  assessment: { title: string; date: string; place?: string; atHome?: boolean } | null;
  contracts: ContractOptions[];
  juyo: { office: Body; date: string; kind: string; signed?: boolean } | null;
  consents: { title: string; user: boolean; family: boolean; date: string; to: string }[];
  todoke: NotificationOptions | null;
  card: boolean;
  kaigi: { date: string; inquiry?: boolean } | null;
  /** indexes into the planned services */
  kobetsu: number[];
  keika: { title: string; entries: KeikaEntry[] } | null;
  monitoring: MonitoringEntry[] | null;
  hyoka: HyokaOptions | null;
  riyohyo: { title?: string; copy?: boolean; stamped: boolean } | null;
  beppyo: { title?: string; stamped: boolean } | null;
}

export const noPapers = (): Papers => ({
  kihon: false,
  plan: null,
  checklist: null,
  assessment: null,
  contracts: [],
  juyo: null,
  consents: [],
  todoke: null,
  card: false,
  kaigi: null,
  kobetsu: [],
  keika: null,
  monitoring: null,
  hyoka: null,
  riyohyo: null,
  beppyo: null,
});

/** Document keys a packet shows, each with everything it also counts as. */
export function documentsIn(d: Dossier): Set<string> {
  const { papers: p, csv } = d;
  const found = new Set<string>();
  const add = (condition: unknown, ...keys: string[]): void => {
    if (condition) for (const key of keys) found.add(key);
  };
  const signed = d.c.consentDate !== null;
  add(p.kihon || csv.includes('kihon'), 'riyosha_kihon_joho');
  add(p.plan || csv.includes('plan'), 'shien_keikakusho', 'care_plan_copy', 'keikaku');
  add((p.plan || csv.includes('plan')) && signed, 'shien_keikakusho_signed');
  add(p.checklist, 'kihon_checklist', 'kihon_checklist_or_yoshien_application');
  add(p.checklist?.again, 'kihon_checklist_new');
  add(p.assessment, 'assessment_record');
  add(p.assessment?.title.includes('シート'), 'assessment_sheet');
  add(p.contracts.length > 0, 'keiyakusho');
  add(p.juyo, 'juyo_jiko_setsumeisho');
  for (const consent of p.consents) {
    add(true, 'kojin_joho_doisho');
    add(consent.user, 'kojin_joho_doisho_user');
    add(consent.family, 'kojin_joho_doisho_family');
  }
  add(p.todoke, 'todoke', todokeKey(p.todoke?.title ?? ''));
  add(p.card || p.todoke?.attachments.includes('介護保険被保険者証'), 'hihokenshasho');
  add(p.kaigi, 'tantosha_kaigi_record');
  add(p.kobetsu.length > 0, 'kobetsu_keikaku');
  add(p.keika, 'keika_kiroku', 'shien_keika', 'renraku_chosei_record');
  add(
    p.keika?.entries.some((e) => e.text.includes('変更の理由')),
    'shien_keika_with_reason',
  );
  add(
    p.keika?.entries.some((e) => e.text.includes('＜モニタリング＞')),
    'monitoring_record',
  );
  add(
    p.keika?.entries.some((e) => e.text.includes('＜サービス担当者会議＞')),
    'tantosha_kaigi_record',
  );
  add(p.monitoring, 'monitoring_record');
  add(p.hyoka, 'hyokahyo', 'hyoka_record');
  add(p.riyohyo || csv.includes('riyohyo'), 'riyohyo', 'riyohyo_copy');
  add(p.beppyo || csv.includes('riyohyo'), 'riyohyo_beppyo');
  for (const key of (d.cover?.documents as string[] | undefined) ?? []) found.add(key);
  return found;
}

const todokeKey = (title: string): string =>
  title.includes('総合事業')
    ? 'sogo_jigyo_todoke'
    : title.startsWith('居宅サービス計画作成')
      ? 'kyotaku_todoke'
      : 'kaigo_yobo_todoke';
