import { addMonths } from '../../shared/calendar/days.ts';
import { waitingShardOf } from '../../shared/records/events/event-index.ts';
import { uploadKeys } from '../../shared/records/events/event-keys.ts';
import { append } from '../../shared/records/events/event-log.ts';
import { areaMonth, type CaseRecord, rosterOf } from '../../shared/records/store/case-record.ts';
import type { RecordStore } from '../../shared/records/store/record-store.ts';
import { summarise } from '../../shared/records/views/area-summary.ts';
import { lettersOf, type NoticeRecord } from '../../shared/records/views/letter.ts';
import { putPacketLine } from '../../shared/records/views/packet-line.ts';
import { reviewItem } from '../../shared/records/views/review-item.ts';
import { putUploadLine } from '../../shared/records/views/upload-line.ts';
import { showProgress, showSweep } from '../../shared/records/views/upload-progress.ts';
import type { WatchItem } from '../../shared/records/views/watch-item.ts';
import { aCase } from '../../test/builders/a-case.ts';
import { aFinding, aVerdict } from '../../test/builders/a-verdict.ts';
import { aDecided, aReceived } from '../../test/builders/events.ts';
import { atPacket } from '../../test/builders/position.ts';

export const CITY = 'mito';
export const OFFICE = '0870100013';
/** The last month with papers, and the day on which the screens are opened. */
export const MONTH = '2026-05';
export const TODAY = '2026-06-12';
const MONTHS = 12;

export interface CitySize {
  /** over `MONTHS` months */
  cases: number;
  /** review items that no one has ended */
  open: number;
  areas: number;
}

/** Every `n`th of a list of words. */
const pick = <T>(words: readonly T[], n: number): T => words[n % words.length]!;
const CATEGORIES = ['yobo_shien_direct', 'yobo_shien_itaku', 'yobo_cm_direct', 'yobo_cm_itaku'] as const;
const CODES = ['F_SUBMIT_LATE', 'F_DOC_MISSING', 'F_MONITOR_VISIT', 'F_SIGNATURE'] as const;

/** The areas of the city, the first with two fifths of its people. */
export function areasOf({ areas }: CitySize): string[] {
  return Array.from({ length: areas }, (_, n) => `area-${n + 1}`);
}
const areaAt = (names: string[], n: number): string =>
  names.length === 1 || n % 5 < 2 ? names[0]! : names[1 + (n % (names.length - 1))]!;

/**
 * The read models of a synthetic city of this size, as the steps of the desk leave them: cases, review items, awaited papers,
 * summaries, the lists of one large office, and how far its uploads are.
 */
export async function fillCity(store: RecordStore, size: CitySize): Promise<void> {
  const names = areasOf(size);
  const people = Math.ceil(size.cases / MONTHS);
  const months = Array.from({ length: MONTHS }, (_, n) => addMonths(MONTH, n - MONTHS + 1));
  const byMonth = new Map<string, CaseRecord[]>();
  for (let n = 0; n < size.cases; n++) {
    const person = n % people;
    const one = caseOf(n, person, areaAt(names, person), months[Math.floor(n / people)]!, n < size.open);
    await store.put('cases', one);
    byMonth.set(one.area_month, [...(byMonth.get(one.area_month) ?? []), one]);
    if (n < size.open) await putReview(store, one, n);
    if (person % 8 === 0) await putWatch(store, one, n);
  }
  for (const [first, ...rest] of byMonth.values()) {
    const { city, area, month } = first!;
    const numbers = summarise({ city, area, month }, [first!, ...rest], TODAY);
    await store.put('summaries', { ...numbers, computed_at: `${TODAY}T00:00:00.000Z`, revision: 1 });
  }
  await fillOffice(store);
  await showSweep(store, { at: '', months: [addMonths(MONTH, 1)], unsettled: [], erasures: 0 });
}

/** The open items are the newest cases: they come first. */
function caseOf(n: number, person: number, area: string, month: string, isOpen: boolean): CaseRecord {
  const of = isOpen ? MONTH : month;
  const key = `p${String(person).padStart(22, '0')}`;
  const code = pick(CODES, n);
  return aCase({
    ...{
      area,
      month: of,
      area_month: areaMonth({ city: CITY, area, month: of }),
      roster: rosterOf({ city: CITY, area }),
    },
    person: `${CITY}#${key}`,
    case_key: `${key}#continuing#${n}`,
    packet_id: `${n}`.padStart(32, 'a'),
    insured_number: String(person).padStart(10, '0'),
    name: `見本　利用者${person}`,
    office: `08701${String(person % 60).padStart(5, '0')}`,
    category: pick(CATEGORIES, person),
    decision: isOpen ? 'review' : pick(['accept', 'accept', 'accept', 'return'] as const, n),
    certification: '要支援1',
    cert_valid_to: `${addMonths(MONTH, person % 24)}-28`,
    plan_valid_to: `${addMonths(MONTH, person % 12)}-28`,
    codes: { [code]: 1, F_CSV_HEADER: 1 },
    reasons: [{ code, severity: 'warn', rule: `MIT-R${10 + (n % 20)}` }],
    deadlines: [{ what: '国保連への請求', due: `${addMonths(of, 1)}-10` }],
    documents: ['riyohyo', 'shien_keikakusho', 'hyokahyo', 'keika_kiroku'],
    received_at: `${addMonths(of, 1)}-05T00:00:00.000Z`,
    review_due: isOpen ? `2026-06-${String(1 + (n % 28)).padStart(2, '0')}` : null,
  });
}

async function putReview(store: RecordStore, one: CaseRecord, n: number): Promise<void> {
  const { packet_id, area, month, office, insured_number, name, review_due, received_at } = one;
  const findings = CODES.slice(0, 1 + (n % 4)).map((code) => aFinding({ code, severity: 'review' }));
  const person = one.person.slice(CITY.length + 1);
  const decided = aDecided({
    packet_id,
    area,
    month,
    office,
    person,
    received_at,
    review_due,
    decision: 'review',
  });
  const verdict = aVerdict({ packet_id, area, insured_number, name, decision: 'review', findings });
  await store.put('reviews', reviewItem(decided, verdict));
}

async function putWatch(store: RecordStore, one: CaseRecord, n: number): Promise<void> {
  const watch_id = `${n}`.padStart(32, 'w');
  const item: WatchItem = {
    ...{ watch_id, queue: waitingShardOf(watch_id), area_queue: rosterOf(one), state: 'waiting', events: 1 },
    due: `2026-0${6 + (n % 3)}-20`,
    ...{ city: CITY, person: one.person.slice(CITY.length + 1), month: one.month, office: one.office },
    ...{ rule: 'MIT-R06', what: '更新後の認定が分かる書類', packet_id: one.packet_id },
  };
  await store.put('watches', item);
}

/** Uploads of one office over the year, with a packet each, of which every second is in review, and letters of reviewers. */
async function fillOffice(store: RecordStore): Promise<void> {
  const sender = { kind: 'office' as const, office: OFFICE };
  for (let n = 0; n < 2000; n++) {
    const month = addMonths(MONTH, 1 - (n % MONTHS));
    const upload_id = `R${month.replace('-', '')}05-${String(n).padStart(8, 'A')}`;
    const at = `${month}-05T00:00:00.000Z`;
    const upload = aReceived({
      ...uploadKeys.received(upload_id),
      upload_id,
      sender,
      at,
      name: `送付物${n}.zip`,
    });
    // The newest month has open uploads; each older one with any costs the state of the desk one more query.
    const isOpen = n % (4 * MONTHS) === 0;
    await append(store, { ...upload, ...(isOpen && { open: 'open#0' }) });
    await putUploadLine(store, upload, 'finished', { packets: 1, repeated: 0, at } as never);
    const decision = n % 2 ? 'accept' : 'review';
    const packet_id = `office${n}`.padStart(32, 'b');
    const findings = CODES.map((code) => aFinding({ code }));
    const verdict = aVerdict({ packet_id, decision, findings, name: `見本　利用者${n}` });
    const decided = aDecided({ packet_id, upload_id, sender, decision, received_at: at });
    await putPacketLine(store, upload, atPacket(1), decided, verdict, null);
    await showProgress(store, upload, isOpen ? 'decided' : 'settled', { since: at, packets: 1 });
    if (n < 400) await store.put('notices', letterOf(n, upload_id, at));
  }
}

const letterOf = (n: number, upload_id: string, at: string): NoticeRecord => ({
  ...{ notice_id: `letter-${n}`, kind: 'advice', packet_id: `${n}`, title: '助言', month: MONTH },
  ...{ office: lettersOf(OFFICE), upload_id, at, key: `offices/${OFFICE}/${n}.json` },
});
