import type { PacketPosition } from '../../shared/packet/position.ts';

/** Answers recorded at once. Each waits for the stores most of the time; those that end together ask for one summary. */
const AT_ONCE = 32;

type Hurry = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Packets of an upload that are being answered while the next ones are decided. Those of one person are answered in the
 * order of the upload. A packet of several parts is answered whole before the next one begins, so that a packet with an
 * answer lacks none where one after it has one (shared/split/build-packets.ts).
 */
export class AnswersInFlight {
  private readonly running: Promise<void>[] = [];
  private readonly ofPerson = new Map<string, Promise<void>>();
  private readonly counts = new Map<string, number>();
  private lastPart = 0;
  private readonly hurry: Hurry;

  /** @param hurry sends at once what the answers wait for to be sent with others */
  constructor(hurry: Hurry = (work) => work()) {
    this.hurry = hurry;
  }

  /** Begins an answer. Throws where one before it failed. */
  async add({ part }: PacketPosition, person: string, answer: () => Promise<void>): Promise<void> {
    if (part === 0 && this.lastPart > 0) await this.hurry(() => Promise.all(this.running.splice(0)));
    // Half of them, so that their messages share a batch and the next packets are decided meanwhile.
    else if (this.running.length === AT_ONCE)
      await this.hurry(() => Promise.all(this.running.splice(0, AT_ONCE / 2)));
    this.lastPart = part;
    const one = this.ended(person).then(answer);
    // A failure is thrown where the answer is waited for; until then it must not end the process.
    one.catch(() => {});
    this.running.push(one);
    this.ofPerson.set(person, one);
    this.counts.set(person, this.begun(person) + 1);
  }

  /** Answers of a person that were begun so far. */
  begun(person: string): number {
    return this.counts.get(person) ?? 0;
  }

  /** The answers of a person that were begun have ended: what the records say of the person includes them. */
  async ended(person: string): Promise<void> {
    const last = this.ofPerson.get(person);
    if (last) await this.hurry(() => last);
    if (this.ofPerson.get(person) === last) this.ofPerson.delete(person);
  }

  /** Every answer has ended, also those after one that failed. Throws the first failure. */
  async end(): Promise<void> {
    const ended = await this.hurry(() => Promise.allSettled(this.running));
    const failed = ended.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }
}
