import { addDays } from '../../calendar/days.ts';
import { japanDate, japanHour } from '../../calendar/japan-time.ts';
import type { Waiting } from '../../letters/waiting-mail.ts';
import type { Registry } from '../../registry/registry.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import { loadRegistries } from '../store/registry-store.ts';
import { lettersOf } from '../views/letter.ts';
import type { PacketLine } from '../views/packet-line.ts';
import { partOf, readQueue } from '../views/review-queue.ts';

/** The hour of the day from which mails go, in Japan: when people come to work. */
const FROM_HOUR = 8;

/** What waits for one recipient of a city that has switched mails on. */
export interface WaitingFor {
  city: string;
  to: string;
  /** number of the center or office */
  number: string;
  /** ISO date */
  day: string;
  waiting: Waiting;
}

/**
 * Tells each center and office of the cities that switched mails on what waits for it, once a day. One that fails does not
 * delay the others, and is tried again by the next sweep.
 * @returns how many got a mail
 */
export async function sweepMails(
  store: RecordStore,
  now: Date,
  tell: (one: WaitingFor) => Promise<boolean>,
): Promise<{ told: number; errors: unknown[] }> {
  const result = { told: 0, errors: [] as unknown[] };
  const day = japanDate(now.toISOString());
  if (japanHour(now.toISOString()) < FROM_HOUR) return result;
  for (const registry of await loadRegistries(store)) {
    if (!registry.mail_notices) continue;
    for (const one of recipientsOf(registry)) {
      // An item beside the watches, in no queue, with the day of the last mail.
      const mark = { watch_id: `mail#${registry.city}#${one.number}` };
      const last = await store.get<{ day: string }>('watches', mark);
      if (last?.day === day) continue;
      try {
        const waiting = await one.waiting(store, day);
        if (await tell({ city: registry.city, to: one.to, number: one.number, day, waiting })) result.told++;
        // Last: a sweep that ends before this tells it again.
        await store.put('watches', { ...mark, day });
      } catch (error) {
        result.errors.push(error);
      }
    }
  }
  return result;
}

interface Recipient {
  number: string;
  to: string;
  waiting: (store: RecordStore, day: string) => Promise<Waiting>;
}

const recipientsOf = ({ city, areas, centers, offices }: Registry): Recipient[] => [
  ...centers.flatMap(({ number, name, contact }) => {
    const own = areas.filter(({ center }) => center === number).map(({ key }) => key);
    const waiting = (store: RecordStore, day: string) => waitingForCenter(store, { city, own, name }, day);
    return contact?.mail ? [{ number, to: contact.mail, waiting }] : [];
  }),
  ...offices.flatMap(({ number, name, mail }) => {
    const waiting = (store: RecordStore, day: string) => waitingForOffice(store, { number, name }, day);
    return mail ? [{ number, to: mail, waiting }] : [];
  }),
];

async function waitingForCenter(
  store: RecordStore,
  { city, own, name }: { city: string; own: string[]; name: string },
  day: string,
): Promise<Waiting> {
  const queues = await Promise.all(own.map((area) => readQueue(store, city, area)));
  const open = queues.flatMap(({ lines }) => lines).filter((line) => partOf(line, day) === 'open');
  const overdue = open.filter(({ due_date }) => due_date < day).length;
  return { for: 'center', name, reviews: open.length, overdue };
}

/** What came to an office since yesterday morning. */
async function waitingForOffice(
  store: RecordStore,
  { number, name }: { number: string; name: string },
  day: string,
): Promise<Waiting> {
  const from = `${addDays(day, -1)}T00:00:00+09:00`;
  const since = { from: new Date(from).toISOString(), until: '9' };
  const packets = store.index<PacketLine>('submissions', 'office', `packets#${number}`, since);
  const returned = (await collect(packets)).filter(({ decision }) => decision === 'return').length;
  const letters = (await collect(store.index('notices', 'office', lettersOf(number), since))).length;
  return { for: 'office', name, returned, letters };
}
