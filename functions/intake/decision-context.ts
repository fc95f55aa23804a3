import { japanDate } from '../../shared/calendar/japan-time.ts';
import type { DecisionContext } from '../../shared/decision/decision-context.ts';
import { latestCategory, sendersOf } from '../../shared/records/events/read-case.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { loadRegistries } from '../../shared/records/store/registry-store.ts';
import type { IntakeDependencies } from './dependencies.ts';

/** What the desk knows beside the upload. */
export const decisionContext = async (
  desk: IntakeDependencies,
  upload: UploadReceived,
): Promise<DecisionContext> => ({
  registries: await loadRegistries(desk.store),
  today: japanDate(desk.now().toISOString()),
  received: japanDate(upload.at),
  previousCase: memoizeAsync(async ({ city, insurer_number, insured_number }, month) => {
    const person = desk.personKey(insurer_number, insured_number);
    const category = await latestCategory(desk.store, { city, person, month });
    return category ? { category } : null;
  }),
  sendersOf: memoizeAsync(({ city, insurer_number, insured_number }, month) => {
    const person = desk.personKey(insurer_number, insured_number);
    return sendersOf(desk.store, { city, person, month });
  }),
  ocrTexts: desk.scans,
});

type Person = { city: string; insurer_number: string; insured_number: string };

/** A packet with pictures is judged more than once; the records need not be read again for the same person and month. */
function memoizeAsync<T>(ask: (person: Person, month: string) => Promise<T>): typeof ask {
  let last: { key: string; answer: Promise<T> } | undefined;
  return (person, month) => {
    const key = JSON.stringify([person.city, person.insurer_number, person.insured_number, month]);
    if (last?.key !== key) last = { key, answer: ask(person, month) };
    return last.answer;
  };
}
