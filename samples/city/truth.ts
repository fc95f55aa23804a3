import type { Defect } from './defects/index.ts';
import type { Dossier, Verdict } from './dossier.ts';
import type { Print } from './styles.ts';
import { expectedVerdict } from './verdict.ts';

/** One line of truth.jsonl: a packet, its truth, and the required answer of the desk. */
export interface TruthLine {
  upload: string;
  /** folder of the packet in the upload; null: the upload as a whole, when no packet in it can be judged */
  packet: string | null;
  /** folder of a packet of the same upload with the same files: the desk must treat both as one */
  same_as?: string;
  city: string;
  /** the day the desk receives it */
  received: string;
  style: string;
  /** of an upload that is not arranged in folders of packets: the desk finds this one by its person and month */
  shape?: string;
  print: Print;
  month: string;
  event: string;
  /** facts of the month, from the model of the person */
  facts: Record<string, unknown>;
  defect: { name: string; rule: string; why: string } | null;
  expect: Omit<Verdict, 'findings'> & { findings: string[] };
}

/** The required answer to an upload that cannot be opened. */
export const uploadTruth = (t: {
  upload: string;
  city: string;
  received: string;
  month: string;
  style: string;
  defect: { name: string; code: string; why: string; follows: string[] };
}): TruthLine => ({
  upload: t.upload,
  packet: null,
  city: t.city,
  received: t.received,
  style: t.style,
  print: 'embedded',
  month: t.month,
  event: 'upload',
  facts: {},
  defect: { name: t.defect.name, rule: t.defect.code, why: t.defect.why },
  expect: {
    decision: 'return',
    category: undefined,
    payer: undefined,
    base_units: undefined,
    total_units: undefined,
    required: [],
    missing: undefined,
    findings: [t.defect.code],
    tolerated: t.defect.follows,
  },
});

export function truthLine(t: {
  dossier: Dossier;
  upload: string;
  packet: string;
  style: string;
  shape?: string;
  print: Print;
  defect: Pick<Defect, 'name' | 'rule' | 'why'> | null;
}): TruthLine {
  const { dossier: d, defect } = t;
  const { month: m } = d;
  const verdict = expectedVerdict(d);
  return {
    upload: t.upload,
    packet: t.packet,
    city: m.city,
    received: d.received,
    style: t.style,
    ...(t.shape && { shape: t.shape }),
    print: t.print,
    month: m.month,
    event: m.event,
    facts: {
      insured_number: m.person.insured,
      office_number: (m.office?.office ?? m.area.center).number,
      area: m.area.key,
      certification: m.person.certification,
      cert_valid_to: m.person.certification === '事業対象者' ? null : m.person.certTo,
      services_planned: m.planned.map((s) => s.class),
      services_used: m.used.map((s) => s.class),
      route: m.route,
      plan: m.plan,
      before: m.before,
    },
    defect: defect && { name: defect.name, rule: defect.rule, why: defect.why },
    expect: { ...verdict, findings: verdict.findings.map((f) => f.code) },
  };
}
