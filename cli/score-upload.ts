import { join } from 'node:path';
import type { TruthLine } from '../samples/city/truth.ts';
import type { DecisionContext } from '../shared/decision/decision-context.ts';
import type { PacketVerdict } from '../shared/decision/verdict.ts';
import { decideUpload } from '../shared/flow.ts';
import { loadRegistry, type Registry } from '../shared/registry/registry.ts';
import { RecentMonths } from './recent-months.ts';
import type { Tally } from './tally.ts';

/** Decides the uploads of one synthetic city in order and adds them to a tally. */
export class CityScorer {
  private readonly folder: string;
  private readonly registry: Registry;
  private readonly tally: Tally;
  private readonly records = new RecentMonths();

  private constructor(folder: string, registry: Registry, tally: Tally) {
    this.folder = folder;
    this.registry = registry;
    this.tally = tally;
  }

  static async open(folder: string, tally: Tally): Promise<CityScorer> {
    return new CityScorer(folder, await loadRegistry(join(folder, 'registry.yaml')), tally);
  }

  /** `truths`: all truth lines of one upload */
  async add(truths: TruthLine[]): Promise<void> {
    const { upload } = truths[0]!;
    const verdicts = await this.decide(upload, truths);
    const packetIds = new Map(verdicts.map(({ packet, packet_id }) => [packet, packet_id]));
    for (const truth of truths) {
      // For an upload that cannot be opened only its own verdict counts, not what was salvaged from it.
      const name = truth.packet ?? (packetIds.has(upload) ? upload : verdicts[0]?.packet);
      const index = verdicts.findIndex((verdict) =>
        truth.shape ? isOf(verdict, truth, truths) : verdict.packet === name,
      );
      this.tally.add(truth, index < 0 ? null : verdicts.splice(index, 1)[0]!);
      if (truth.packet === null) verdicts.length = 0;
      if (truth.same_as && packetIds.get(truth.same_as) !== packetIds.get(truth.packet ?? ''))
        this.tally.addUnrecognizedCopy(truth);
    }
    for (const verdict of verdicts) this.tally.addUnexpected(upload, verdict);
    if (this.tally.packets % 50 < truths.length) process.stderr.write(`\r${this.tally.packets} 件`);
  }

  private async decide(upload: string, truths: TruthLine[]): Promise<PacketVerdict[]> {
    // A ZIP is sent on the day when its last packet was ready.
    const received = truths
      .map((truth) => truth.received)
      .sort()
      .at(-1)!;
    const { historyOf, claimantsOf } = this.records;
    const context: DecisionContext = {
      registries: [this.registry],
      today: received,
      received,
      historyOf,
      claimantsOf,
    };
    const verdicts: PacketVerdict[] = [];
    const source = { name: upload, file: join(this.folder, 'uploads', upload) };
    for await (const verdict of decideUpload(source, context)) {
      verdicts.push(verdict);
      this.records.add(verdict);
    }
    return verdicts;
  }
}

/** Whether a verdict is about the person of a truth, and the month where the upload holds several of the person. */
function isOf(
  { insured_number, service_month }: PacketVerdict,
  truth: TruthLine,
  truths: TruthLine[],
): boolean {
  if (insured_number !== truth.facts.insured_number) return false;
  const isOnly = truths.filter(({ facts }) => facts.insured_number === insured_number).length === 1;
  const isOfNoMonth = service_month === null && truth.expect.findings.includes('F_PACKET_NO_MONTH');
  return isOnly || isOfNoMonth || service_month === truth.month;
}
