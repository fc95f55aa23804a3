import { japanDate } from '../../shared/calendar/japan-time.ts';
import type { DecisionContext } from '../../shared/decision/decision-context.ts';
import { latestCategory, sendersOf } from '../../shared/records/events/read-case.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { loadRegistries } from '../../shared/records/store/registry-store.ts';
import type { IntakeDependencies } from './dependencies.ts';

/** The records of a person and month that a decision needs besides the upload. */
export const decisionContext = async (
  deps: IntakeDependencies,
  upload: UploadReceived,
): Promise<DecisionContext> => ({
  registries: await loadRegistries(deps.store),
  today: japanDate(deps.now().toISOString()),
  received: japanDate(upload.at),
  previousCase: memoizeAsync(async ({ city, insurer_number, insured_number }, month) => {
    const person = deps.personKey(insurer_number, insured_number);
    const category = await latestCategory(deps.store, { city, person, month });
    return category ? { category } : null;
  }),
  sendersOf: memoizeAsync(({ city, insurer_number, insured_number }, month) => {
    const person = deps.personKey(insurer_number, insured_number);
    return sendersOf(deps.store, { city, person, month });
  }),
  ocrTexts: deps.scans,
});

type Person = { city: string; insurer_number: string; insured_number: string };

/** A packet with pictures is judged more than once; the records are read once for the same person and month. */
function memoizeAsync<T>(ask: (person: Person, month: string) => Promise<T>): typeof ask {
  let last: { key: string; answer: Promise<T> } | undefined;
  return (person, month) => {
    const key = JSON.stringify([person.city, person.insurer_number, person.insured_number, month]);
    if (last?.key !== key) last = { key, answer: ask(person, month) };
    return last.answer;
  };
}
