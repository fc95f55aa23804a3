import type { TruthLine } from '../samples/city/truth.ts';
import type { PacketVerdict } from '../shared/decision/verdict.ts';

/** How often a code (or decision) was right, missed and invented. */
export interface Count {
  right: number;
  missed: number;
  invented: number;
}

/** One thing the desk missed or made up, by packet and defect. */
export interface Slip {
  upload: string;
  packet: string | null;
  style: string;
  event: string;
  defect: string | null;
  code: string;
  /** what the desk said there */
  said: string;
}

/** Findings, decisions and values of the desk against the truth, counted; memory does not grow with the packets. */
export class Tally {
  packets = 0;
  seconds = 0;
  /** CPU time of the desk, apart from what else runs on the machine */
  cpuSeconds = 0;
  /** packets that came as pictures are counted apart: nobody can read them without OCR */
  pictures = 0;
  readonly codes = new Map<string, Count>();
  readonly decisions = new Map<string, Count>();
  /** `truth → desk` where the two differ, and how often they agree */
  readonly categories = new Map<string, number>();
  readonly values = new Map<string, { right: number; wrong: Slip[]; count: number }>();
  readonly defects = new Map<string, { planted: number; caught: number }>();
  readonly missed: Slip[] = [];
  readonly invented: Slip[] = [];
  /** accepted although the truth sends it back */
  readonly silent: Slip[] = [];
  readonly lost: Slip[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(truth: TruthLine, verdict: PacketVerdict | null): void {
    this.packets += 1;
    const { expect } = truth;
    if (!verdict) {
      this.#note(this.lost, truth, 'verdict', '判定がない');
      return;
    }
    if (expect.decision === 'return' && verdict.decision === 'accept')
      this.silent.push(slip(truth, 'accept', sayings(verdict)));
    if (truth.print === 'scan') {
      this.pictures += 1;
      return;
    }
    this.#addFindings(truth, verdict);
    this.#count(this.decisions, expect.decision, verdict.decision, truth, verdict);
    if (expect.category !== undefined) {
      const pair = `${expect.category} → ${verdict.category}`;
      this.categories.set(pair, (this.categories.get(pair) ?? 0) + 1);
    }
    for (const key of ['category', 'payer', 'base_units', 'total_units'] as const)
      if (expect[key] !== undefined) this.#addValue(key, truth, expect[key], verdict[key]);
    if (expect.missing)
      this.#addValue('missing', truth, sorted(expect.missing), sorted(verdict.missing_documents));
  }

  /** The same files twice, taken for two different packets. */
  addUnlike(truth: TruthLine): void {
    this.#note(this.lost, truth, 'same_as', `${truth.same_as} と同じ中身なのに別の提出とみなした`);
  }

  /** A verdict nobody asked for: a packet split in two, or a file beside the folders. */
  addUnasked(upload: string, verdict: PacketVerdict): void {
    this.lost.push({
      upload,
      packet: verdict.packet,
      style: '',
      event: '',
      defect: null,
      code: 'unasked',
      said: sayings(verdict),
    });
  }

  #addFindings(truth: TruthLine, verdict: PacketVerdict): void {
    const told = new Set(verdict.findings.filter((f) => f.severity !== 'info').map((f) => f.code as string));
    const wanted = new Set(truth.expect.findings);
    for (const code of wanted) {
      const count = this.#countOf(this.codes, code);
      if (told.has(code)) count.right += 1;
      else {
        count.missed += 1;
        this.#note(this.missed, truth, code, sayings(verdict));
      }
    }
    const tolerated = new Set(truth.expect.tolerated);
    for (const code of told) {
      if (wanted.has(code) || tolerated.has(code)) continue;
      this.#countOf(this.codes, code).invented += 1;
      this.#note(this.invented, truth, code, sayings(verdict, code));
    }
    if (!truth.defect) return;
    const defect = this.defects.get(truth.defect.name) ?? { planted: 0, caught: 0 };
    this.defects.set(truth.defect.name, defect);
    defect.planted += 1;
    if ([...wanted].every((code) => told.has(code)) && verdict.decision === truth.expect.decision)
      defect.caught += 1;
  }

  #addValue(key: string, truth: TruthLine, wanted: unknown, found: unknown): void {
    const value = this.values.get(key) ?? { right: 0, wrong: [], count: 0 };
    this.values.set(key, value);
    value.count += 1;
    if (wanted === found) value.right += 1;
    else if (value.wrong.length < this.#limit) value.wrong.push(slip(truth, key, `${wanted} → ${found}`));
  }

  #count(
    counts: Map<string, Count>,
    wanted: string,
    found: string,
    truth: TruthLine,
    verdict: PacketVerdict,
  ): void {
    if (wanted === found) this.#countOf(counts, wanted).right += 1;
    else {
      this.#countOf(counts, wanted).missed += 1;
      this.#countOf(counts, found).invented += 1;
      const value = this.values.get('decision') ?? { right: 0, wrong: [], count: 0 };
      this.values.set('decision', value);
      if (value.wrong.length < this.#limit)
        value.wrong.push(slip(truth, 'decision', `${wanted} → ${found}: ${sayings(verdict)}`));
    }
  }

  #countOf(counts: Map<string, Count>, key: string): Count {
    let count = counts.get(key);
    if (!count) {
      count = { right: 0, missed: 0, invented: 0 };
      counts.set(key, count);
    }
    return count;
  }

  #note(list: Slip[], truth: TruthLine, code: string, said: string): void {
    if (list.length < this.#limit) list.push(slip(truth, code, said));
  }

  /** All codes together. */
  total(): Count {
    const sum: Count = { right: 0, missed: 0, invented: 0 };
    for (const count of this.codes.values()) {
      sum.right += count.right;
      sum.missed += count.missed;
      sum.invented += count.invented;
    }
    return sum;
  }

  summary(): Record<string, unknown> {
    const rates = (counts: Map<string, Count>) =>
      Object.fromEntries([...counts].sort().map(([key, c]) => [key, { ...c, ...rate(c) }]));
    return {
      packets: this.packets,
      pictures: this.pictures,
      packets_per_second: Math.round((this.packets / this.seconds) * 10) / 10,
      cpu_ms_per_packet: Math.round((this.cpuSeconds / this.packets) * 100_000) / 100,
      findings: { ...this.total(), ...rate(this.total()) },
      codes: rates(this.codes),
      decisions: rates(this.decisions),
      values: Object.fromEntries(
        [...this.values].map(([key, v]) => [key, { right: v.right, of: v.count, wrong: v.wrong }]),
      ),
      categories: Object.fromEntries([...this.categories].sort()),
      defects: Object.fromEntries([...this.defects].sort()),
      missed: this.missed,
      invented: this.invented,
      silent: this.silent,
      lost: this.lost,
    };
  }
}

/** 1 where there is nothing to find (or nothing was found). */
export const rate = (c: Count): { recall: number; precision: number } => ({
  recall: c.right + c.missed === 0 ? 1 : c.right / (c.right + c.missed),
  precision: c.right + c.invented === 0 ? 1 : c.right / (c.right + c.invented),
});

const sorted = (keys: string[]): string => [...keys].sort().join(' ');

function slip(truth: TruthLine, code: string, said: string): Slip {
  const { upload, packet, style, event, defect } = truth;
  return { upload, packet, style, event, defect: defect?.name ?? null, code, said };
}

/** What the desk said of a packet, in one line; of one code only when given. */
function sayings(verdict: PacketVerdict, code?: string): string {
  const told = verdict.findings.filter((f) => (code ? f.code === code : f.severity !== 'info'));
  return told.length === 0
    ? verdict.decision
    : told.map((f) => `${f.code}(${f.rule ?? f.where.file ?? ''}) ${f.message.slice(0, 90)}`).join(' / ');
}
