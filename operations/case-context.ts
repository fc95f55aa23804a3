import type { Inbox } from '../functions/fetch-upload.ts';
import type { RecordEvent } from '../shared/records/events/event.ts';
import { readLog } from '../shared/records/events/event-log.ts';
import type { ObjectKeeper } from '../shared/records/store/object-keeper.ts';
import type { RecordContext } from '../shared/records/store/record-context.ts';
import type { Remains } from '../shared/records/store/remains.ts';

export interface CaseContext extends RecordContext {
  keeper: ObjectKeeper;
  inbox: Inbox;
  remains: Remains;
}

/** The whole event log: some uploads of a case are found only there. */
export const eventsOf = ({ store }: RecordContext): AsyncGenerator<RecordEvent> => readLog(store);
