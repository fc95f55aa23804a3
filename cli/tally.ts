import type { TruthLine } from '../samples/city/truth.ts';
import type { PacketVerdict } from '../shared/decision/verdict.ts';

/** Counts of a finding code or a decision. `right`: true positives, `missed`: false negatives, `invented`: false positives. */
export interface Count {
  right: number;
  missed: number;
  invented: number;
}

/** One difference between truth and verdict. */
export interface Slip {
  upload: string;
  packet: string | null;
  style: string;
  event: string;
  defect: string | null;
  code: string;
  /** the desk's findings or decision */
  actual: string;
}

/** Counts findings, decisions and values of the desk against the truth. Memory does not grow with the packets. */
export class Tally {
  packets = 0;
  seconds = 0;
  /** CPU time of this process */
  cpuSeconds = 0;
  /** packets of images only, which cannot be read without OCR; their findings are not counted */
  pictures = 0;
  readonly codes = new Map<string, Count>();
  readonly decisions = new Map<string, Count>();
  /** count by `truth → desk` */
  readonly categories = new Map<string, number>();
  readonly values = new Map<string, { right: number; wrong: Slip[]; count: number }>();
  readonly defects = new Map<string, { planted: number; caught: number }>();
  readonly missed: Slip[] = [];
  readonly invented: Slip[] = [];
  /** accepted although the truth returns it */
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
      this.#addSlip(this.lost, truth, 'verdict', '判定がない');
      return;
    }
    if (expect.decision === 'return' && verdict.decision === 'accept')
      this.silent.push(slip(truth, 'accept', describe(verdict)));
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
  addUnrecognizedCopy(truth: TruthLine): void {
    this.#addSlip(this.lost, truth, 'same_as', `${truth.same_as} と同じ中身なのに別の提出とみなした`);
  }

  /** A verdict without truth: a packet split in two, or a file beside the folders. */
  addUnexpected(upload: string, verdict: PacketVerdict): void {
    this.lost.push({
      upload,
      packet: verdict.packet,
      style: '',
      event: '',
      defect: null,
      code: 'unexpected',
      actual: describe(verdict),
    });
  }

  #addFindings(truth: TruthLine, verdict: PacketVerdict): void {
    const actual = new Set<string>(verdict.findings.filter((f) => f.severity !== 'info').map((f) => f.code));
    const expected = new Set(truth.expect.findings);
    for (const code of expected) {
      const count = this.#countOf(this.codes, code);
      if (actual.has(code)) count.right += 1;
      else {
        count.missed += 1;
        this.#addSlip(this.missed, truth, code, describe(verdict));
      }
    }
    const tolerated = new Set(truth.expect.tolerated);
    for (const code of actual) {
      if (expected.has(code) || tolerated.has(code)) continue;
      this.#countOf(this.codes, code).invented += 1;
      this.#addSlip(this.invented, truth, code, describe(verdict, code));
    }
    if (!truth.defect) return;
    const defect = this.defects.get(truth.defect.name) ?? { planted: 0, caught: 0 };
    this.defects.set(truth.defect.name, defect);
    defect.planted += 1;
    if ([...expected].every((code) => actual.has(code)) && verdict.decision === truth.expect.decision)
      defect.caught += 1;
  }

  #addValue(key: string, truth: TruthLine, expected: unknown, actual: unknown): void {
    const value = this.values.get(key) ?? { right: 0, wrong: [], count: 0 };
    this.values.set(key, value);
    value.count += 1;
    if (expected === actual) value.right += 1;
    else if (value.wrong.length < this.#limit) value.wrong.push(slip(truth, key, `${expected} → ${actual}`));
  }

  #count(
    counts: Map<string, Count>,
    expected: string,
    actual: string,
    truth: TruthLine,
    verdict: PacketVerdict,
  ): void {
    if (expected === actual) this.#countOf(counts, expected).right += 1;
    else {
      this.#countOf(counts, expected).missed += 1;
      this.#countOf(counts, actual).invented += 1;
      const value = this.values.get('decision') ?? { right: 0, wrong: [], count: 0 };
      this.values.set('decision', value);
      if (value.wrong.length < this.#limit)
        value.wrong.push(slip(truth, 'decision', `${expected} → ${actual}: ${describe(verdict)}`));
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

  #addSlip(list: Slip[], truth: TruthLine, code: string, actual: string): void {
    if (list.length < this.#limit) list.push(slip(truth, code, actual));
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

/** Recall is 1 where there is nothing to find, precision 1 where nothing was found. */
export const rate = (c: Count): { recall: number; precision: number } => ({
  recall: c.right + c.missed === 0 ? 1 : c.right / (c.right + c.missed),
  precision: c.right + c.invented === 0 ? 1 : c.right / (c.right + c.invented),
});

const sorted = (keys: string[]): string => [...keys].sort().join(' ');

function slip(truth: TruthLine, code: string, actual: string): Slip {
  const { upload, packet, style, event, defect } = truth;
  return { upload, packet, style, event, defect: defect?.name ?? null, code, actual };
}

/** The findings of a verdict, or those of one code, in one line. */
function describe(verdict: PacketVerdict, code?: string): string {
  const findings = verdict.findings.filter((f) => (code ? f.code === code : f.severity !== 'info'));
  return findings.length === 0
    ? verdict.decision
    : findings.map((f) => `${f.code}(${f.rule ?? f.where.file ?? ''}) ${f.message.slice(0, 90)}`).join(' / ');
}
