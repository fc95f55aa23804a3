import { join } from 'node:path';
import type { TruthLine } from '../samples/city/truth.ts';
import type { Claimant, DecisionContext } from '../shared/decision/decision-context.ts';
import type { PacketVerdict } from '../shared/decision/verdict.ts';
import { decideUpload } from '../shared/flow.ts';
import { loadRegistry, type Registry } from '../shared/registry/registry.ts';
import type { Category } from '../shared/vocabulary/category.ts';
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
      const index = verdicts.findIndex(({ packet }) => packet === name);
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

const MONTHS_KEPT = 3;

/** Replaces the desk's records: the latest months of each person. */
class RecentMonths {
  private readonly months = new Map<string, Map<string, Claimant[]>>();

  add({ insured_number, service_month, category, office_number, decision }: PacketVerdict): void {
    if (!insured_number || !service_month || !office_number || decision === 'return') return;
    const months = this.months.get(insured_number) ?? new Map<string, Claimant[]>();
    this.months.set(insured_number, months);
    const others = (months.get(service_month) ?? []).filter(
      (sender) => sender.office_number !== office_number,
    );
    months.set(service_month, [...others, { office_number, category }]);
    const [oldest] = months.keys();
    if (months.size > MONTHS_KEPT && oldest) months.delete(oldest);
  }

  historyOf: NonNullable<DecisionContext['historyOf']> = async ({ insured_number }, months) =>
    months.flatMap((month) => {
      const last = this.months
        .get(insured_number)
        ?.get(month)
        ?.findLast((sender) => sender.category);
      if (!last?.category) return [];
      const { office_number, category } = last;
      return [{ month, category: category as Category, office_number, same_office: null, used: undefined }];
    });

  claimantsOf = async ({ insured_number }: { insured_number: string }, month: string): Promise<Claimant[]> =>
    this.months.get(insured_number)?.get(month) ?? [];
}
