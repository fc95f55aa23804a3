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

/** An item of a complete packet of this event, and the consequence of its absence. */
export interface Need {
  /** document key, or `todoke` for the notification of the month */
  document: string;
  /** other documents that are accepted instead */
  or?: string[];
  code: string;
  severity: 'error' | 'warn' | 'review';
  rule: string;
  /** required only together with this document */
  beside?: string;
  /** its name in the list of missing documents; null: in no list; by default the document's own */
  listed?: string | null;
  /** code for a substitute: a copy where the original is required */
  instead?: { document: string; code: string; severity: 'error' | 'warn' | 'review'; rule: string };
}

/** A finding the desk must raise. */
export interface ExpectedFinding {
  code: string;
  severity: 'error' | 'warn' | 'review';
  rule: string;
}

/**
 * One packet before it is written: the truth (`month`), the contents of the papers, and the required answer of the desk.
 * A defect changes the papers and the answer; the truth of the month is unchanged.
 */
export interface Dossier {
  town: Town;
  month: PersonMonth;
  /** the source of forms and CSV files; with a defect it may differ from the truth */
  c: Case;
  /** the day the office sends it */
  received: string;
  stamp: string;
  /** the center the files are addressed to */
  to: Body;
  csv: CsvSet[];
  /** the packet has an unread picture, which may show what seems to be missing */
  hasPictures: boolean;
  /** no forms are written, regardless of `papers` */
  csvOnly: boolean;
  papers: Papers;
  /** packet.json; null when the office sends none */
  cover: Record<string, unknown> | null;
  /** the items of a complete packet */
  needs: Need[];
  /** findings of the desk although the papers have no fault (関与 in doubt, source unclear) */
  standing: ExpectedFinding[];
  /** changes to the finished files, in order */
  tampering: ((files: SampleFile[]) => SampleFile[] | Promise<SampleFile[]>)[];
  /** the expectation, where a defect makes it differ from that of `needs` and `standing` */
  verdict: Partial<Verdict>;
  /** codes that may follow from a defect */
  tolerated: string[];
}

/** The required answer. null: the field must be empty; undefined: no source decides it. */
export interface Verdict {
  decision: Outcome;
  category: string | null | undefined;
  payer: string | null | undefined;
  base_units: number | null | undefined;
  total_units: number | null | undefined;
  required: string[];
  missing: string[] | undefined;
  findings: ExpectedFinding[];
  /** codes that may follow from the same fault */
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

/** Document keys of a packet, each with the keys it also counts as. */
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
