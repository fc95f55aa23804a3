import type { SplitPapers } from '../cover-sheet/papers.ts';
import type { Person } from '../facts/identify.ts';
import type { DecisionContext } from './decision-context.ts';
import { holdsHandMarks, holdsPictures } from './pictures.ts';
import type { PacketVerdict } from './verdict.ts';

/** Unpacked bytes of the packets that are held at the same time, beside those of the last one. */
const MOST_BYTES = 32 * 1024 ** 2;

const sumOf = (files: { size: number }[]): number => files.reduce((sum, { size }) => sum + size, 0);

type Decide = (papers: SplitPapers, part: number, context: DecisionContext) => Promise<PacketVerdict>;

/**
 * Packets of an upload that are decided while the records are asked for those before them. Their verdicts are given in the
 * order of the upload. What the records say of a person includes every earlier packet of that person: a packet asks once
 * each packet before it has named another person or was given.
 */
export class PacketsUnderway {
  readonly #context: DecisionContext;
  readonly #decide: Decide;
  readonly #underway: Underway[] = [];

  constructor(context: DecisionContext, decide: Decide) {
    this.#context = context;
    this.#decide = decide;
  }

  get count(): number {
    return this.#underway.length;
  }

  /** True where another packet may be read: large ones would fill the memory. */
  hasRoom(most: number): boolean {
    const files = this.#underway.flatMap(({ parts }) => parts.flatMap(({ packet }) => packet.files));
    return this.count === 0 || (this.count < most && sumOf(files) < MOST_BYTES);
  }

  /** Begins with the next packet. One of several persons, or one that is decided twice, waits for its turn. */
  begin(number: number, parts: SplitPapers[]): void {
    const packet = new Underway(number, parts, this.#contextAfter([...this.#underway]));
    this.#underway.push(packet);
    if (packet.isOfOne) packet.decideFirst(this.#decide);
  }

  /** What cannot be read is thrown in its turn: the packets before it get their verdicts. */
  fail(cause: unknown): void {
    const packet = new Underway(0, [], () => this.#context);
    packet.first = Promise.reject(cause);
    packet.first.catch(() => {});
    this.#underway.push(packet);
  }

  /** The verdicts of the first packet. When the last one was taken, the packets after it may ask for its person. */
  async *first(): AsyncGenerator<{ number: number; part: number; verdict: PacketVerdict }> {
    const packet = this.#underway[0]!;
    const { number, parts } = packet;
    const first = await (packet.first ?? packet.decideFirst(this.#decide));
    if (first) yield { number, part: 0, verdict: first };
    for (const [part, papers] of parts.entries())
      if (part > 0) yield { number, part, verdict: await this.#decide(papers, part, packet.context) };
    this.#underway.shift();
    packet.leave();
  }

  /** No verdict is taken any more. Ends when none is being worked out. */
  async end(): Promise<void> {
    const left = this.#underway.splice(0);
    for (const packet of left) packet.leave();
    await Promise.allSettled(left.map(({ first }) => first));
  }

  /** The context of a packet after others. */
  #contextAfter(earlier: Underway[]): (packet: Underway) => DecisionContext {
    const { historyOf, claimantsOf } = this.#context;
    return (packet) => {
      const inTurn = async ({ insured_number }: Person): Promise<void> => {
        packet.name(insured_number);
        for (const before of earlier) if ((await before.named) === insured_number) await before.left;
      };
      return {
        ...this.#context,
        historyOf:
          historyOf && (async (person, ...rest) => inTurn(person).then(() => historyOf(person, ...rest))),
        claimantsOf:
          claimantsOf && (async (person, ...rest) => inTurn(person).then(() => claimantsOf(person, ...rest))),
      };
    };
  }
}

class Underway {
  readonly number: number;
  readonly parts: SplitPapers[];
  readonly context: DecisionContext;
  /** the verdict on its first part, once that is being worked out */
  first: Promise<PacketVerdict | null> | null = null;
  readonly #named = Promise.withResolvers<string | null>();
  readonly #left = Promise.withResolvers<void>();

  constructor(number: number, parts: SplitPapers[], contextOf: (packet: Underway) => DecisionContext) {
    this.number = number;
    this.parts = parts;
    this.context = contextOf(this);
  }

  /** With pictures or marks by hand it is decided twice, and may name another person each time. */
  get isOfOne(): boolean {
    const [{ documents } = { documents: [] }, ...others] = this.parts;
    return others.length === 0 && !holdsPictures(documents) && !holdsHandMarks(documents);
  }

  /** Whose it is, in the question for the records or else in the verdict; null: no one's. */
  get named(): Promise<string | null> {
    return this.#named.promise;
  }

  get left(): Promise<void> {
    return this.#left.promise;
  }

  name(person: string | null): void {
    if (this.isOfOne) this.#named.resolve(person);
  }

  decideFirst(decide: Decide): Promise<PacketVerdict | null> {
    const [papers] = this.parts;
    this.first = papers ? decide(papers, 0, this.context) : Promise.resolve(null);
    // Thrown in its turn; until then it must not end the process.
    this.first.then(
      (verdict) => this.name(verdict?.insured_number ?? null),
      () => this.name(null),
    );
    return this.first;
  }

  leave(): void {
    this.#named.resolve(null);
    this.#left.resolve();
  }
}
