import { mayUseRecordsOf, type PapersNamed } from '../../shared/access/rights.ts';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import type { DecisionContext } from '../../shared/decision/decision-context.ts';
import { readConfirmed, readRemembered } from '../../shared/records/events/read-answers.ts';
import { claimantsOf } from '../../shared/records/events/read-case.ts';
import { recordedMonths } from '../../shared/records/events/read-months.ts';
import { readWaivers } from '../../shared/records/events/read-waivers.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { loadRegistries } from '../../shared/records/store/registry-store.ts';
import type { AnswersInFlight } from './answers-in-flight.ts';
import type { IntakeDependencies } from './dependencies.ts';

/**
 * The records of a person and month that a decision needs besides the upload.
 * @param answers those of this upload that are being recorded
 */
export const decisionContext = async (
  deps: Pick<IntakeDependencies, 'store' | 'now' | 'personKey'> & Partial<Pick<IntakeDependencies, 'scans'>>,
  upload: Pick<UploadReceived, 'at' | 'sender'>,
  answers: Pick<AnswersInFlight, 'ended' | 'begun'> = NONE,
): Promise<DecisionContext> => ({
  registries: await loadRegistries(deps.store),
  today: japanDate(deps.now().toISOString()),
  received: japanDate(upload.at),
  sender: upload.sender,
  historyOf: memoizeAsync(
    answers,
    async ({ city, insurer_number, insured_number }, months: string[], papers) => {
      await answers.ended(insured_number);
      const person = deps.personKey(insurer_number, insured_number);
      const mayUse = (owner: string) => mayUseRecordsOf(upload.sender, papers, owner);
      return recordedMonths(deps.store, { city, person }, months, mayUse);
    },
  ),
  claimantsOf: memoizeAsync(answers, async ({ city, insurer_number, insured_number }, month: string) => {
    await answers.ended(insured_number);
    const person = deps.personKey(insurer_number, insured_number);
    return claimantsOf(deps.store, { city, person, month });
  }),
  waiversOf: (city) => readWaivers(deps.store, city),
  rememberedOf: memoizeLast(async ({ city, insurer_number, insured_number }, month, owner) => {
    const person = deps.personKey(insurer_number, insured_number);
    return readRemembered(deps.store, { city, person }, month, owner);
  }),
  confirmedReadings: (digest) => readConfirmed(deps.store, digest),
  ocrTexts: deps.scans,
});

const NONE = { ended: async () => {}, begun: () => 0 };

type Person = { city: string; insurer_number: string; insured_number: string };
type Ask<A, T> = (person: Person, about: A, papers: PapersNamed) => Promise<T>;

/**
 * A packet with pictures is judged more than once; the records are read once for the same person and months, until another
 * packet of the person is answered.
 */
function memoizeAsync<A, T>(answers: Pick<AnswersInFlight, 'begun'>, ask: Ask<A, T>): Ask<A, T> {
  return memoizeLast(ask, ({ city, insurer_number, insured_number }, about, papers) => [
    ...[city, insurer_number, insured_number, about],
    ...[papers.office_number, papers.area, papers.center_number],
    answers.begun(insured_number),
  ]);
}

/** Keeps the last answer. @param keyOf what of the question makes a difference; absent: all of it */
function memoizeLast<Q extends unknown[], T>(
  ask: (...question: Q) => Promise<T>,
  keyOf: (...question: Q) => unknown[] = (...question) => question,
): (...question: Q) => Promise<T> {
  let last: { key: string; answer: Promise<T> } | undefined;
  return (...question) => {
    const key = JSON.stringify(keyOf(...question));
    if (last?.key !== key) last = { key, answer: ask(...question) };
    return last.answer;
  };
}
