import { mayUseRecordsOf } from '../../shared/access/rights.ts';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import type { DecisionContext } from '../../shared/decision/decision-context.ts';
import { monthsAround } from '../../shared/facts/collect/read-history.ts';
import { readConfirmed, readRemembered } from '../../shared/records/events/read-answers.ts';
import { claimantsIn } from '../../shared/records/events/read-case.ts';
import { monthsIn, versionsAmong } from '../../shared/records/events/read-months.ts';
import { readOvertaken } from '../../shared/records/events/read-overtaken.ts';
import { readWaivers } from '../../shared/records/events/read-waivers.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { loadRegistries } from '../../shared/records/store/registry-store.ts';
import type { AnswersInFlight } from './answers-in-flight.ts';
import type { IntakeDependencies } from './dependencies.ts';

/**
 * The records of a person and month that a decision needs besides the upload.
 * @param answers those of this upload that are being recorded
 */
export async function decisionContext(
  deps: Pick<IntakeDependencies, 'store' | 'now' | 'personKey'> & Partial<Pick<IntakeDependencies, 'scans'>>,
  upload: Pick<UploadReceived, 'at' | 'sender'> & Partial<Pick<UploadReceived, 'upload_id' | 'joins'>>,
  answers: Pick<AnswersInFlight, 'ended' | 'begun'> = NONE,
): Promise<DecisionContext> {
  // Read once for a person and months, until another packet of the person is answered.
  const versionsOf = memoizeLast(
    async ({ city, insurer_number, insured_number }: Person, months: string[]) => {
      await answers.ended(insured_number);
      const person = deps.personKey(insurer_number, insured_number);
      return versionsAmong(deps.store, { city, person }, months);
    },
    ({ city, insurer_number, insured_number }, months) => [
      ...[city, insurer_number, insured_number, months],
      answers.begun(insured_number),
    ],
  );
  return {
    registries: await loadRegistries(deps.store),
    today: japanDate(deps.now().toISOString()),
    received: japanDate(upload.at),
    sender: upload.sender,
    overtaken: await overtakenIn(deps, upload),
    historyOf: async (person, months, papers) =>
      monthsIn(await versionsOf(person, months), months, (owner) =>
        mayUseRecordsOf(upload.sender, papers, owner),
      ),
    // The versions around a month hold those of the month itself.
    claimantsOf: async (person, month) =>
      claimantsIn((await versionsOf(person, monthsAround(month))).get(month) ?? []),
    waiversOf: memoizeLast((city) => readWaivers(deps.store, city)),
    rememberedOf: memoizeLast(async ({ city, insurer_number, insured_number }, month, owner) => {
      const person = deps.personKey(insurer_number, insured_number);
      return readRemembered(deps.store, { city, person }, month, owner);
    }),
    confirmedReadings: (digest) => readConfirmed(deps.store, digest),
    ocrTexts: deps.scans,
  };
}

/** Asked for files that complete a packet alone. */
const overtakenIn = async (
  deps: Pick<IntakeDependencies, 'store'>,
  { upload_id, at, joins }: Parameters<typeof decisionContext>[1],
) =>
  upload_id && joins ? readOvertaken(deps, { upload_id, received_at: at, joins: joins.packet_id }) : null;

const NONE = { ended: async () => {}, begun: () => 0 };

type Person = { city: string; insurer_number: string; insured_number: string };

/** More than the packets that are decided at the same time (answer-upload.ts). */
const KEPT = 8;

/** Keeps the last answers. @param keyOf what of the question makes a difference; absent: all of it */
function memoizeLast<Q extends unknown[], T>(
  ask: (...question: Q) => Promise<T>,
  keyOf: (...question: Q) => unknown[] = (...question) => question,
): (...question: Q) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (...question) => {
    const key = JSON.stringify(keyOf(...question));
    const answer = kept.get(key) ?? ask(...question);
    kept.delete(key);
    kept.set(key, answer);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return answer;
  };
}
