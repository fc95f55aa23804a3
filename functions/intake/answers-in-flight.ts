/** Answers recorded at once. Each waits for the stores most of the time. */
const AT_ONCE = 16;

/**
 * Packets of an upload that are being answered while the next ones are decided. Those of one person are answered in the
 * order of the upload. None begins before the one AT_ONCE packets earlier has ended, so that an interrupted run leaves
 * open answers only among the last AT_ONCE packets.
 */
export class AnswersInFlight {
  private readonly running: Promise<void>[] = [];
  private readonly ofPerson = new Map<string, Promise<void>>();

  /** Begins an answer. Throws where one before it failed. */
  async add(person: string, answer: () => Promise<void>): Promise<void> {
    if (this.running.length === AT_ONCE) await this.running.shift();
    const one = this.ended(person).then(answer);
    // A failure is thrown where the answer is waited for; until then it must not end the process.
    one.catch(() => {});
    this.running.push(one);
    this.ofPerson.set(person, one);
  }

  /** The answers of a person that were begun have ended: what the records say of the person includes them. */
  async ended(person: string): Promise<void> {
    const last = this.ofPerson.get(person);
    await last;
    if (this.ofPerson.get(person) === last) this.ofPerson.delete(person);
  }

  /** Every answer has ended, also those after one that failed. Throws the first failure. */
  async end(): Promise<void> {
    const failed = (await Promise.allSettled(this.running)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }
}

/** The first packet of which an interrupted run may have left an answer open. */
export const firstOpen = (lastAnswered: number): number => Math.max(1, lastAnswered - AT_ONCE);
