import type { DecisionOutcome } from '../../vocabulary/category.ts';
import type { HistoryLine } from '../../vocabulary/history.ts';
import type { CaseRecord } from '../store/case-record.ts';
import type { ErasedObject } from '../store/object-keeper.ts';
import type { EventBase, WithOutbox } from './event-base.ts';

/** One more version of what an owner sent for a person, month and event. The chain keeps the first receipt. */
export interface CaseVersion extends EventBase<'case.version'> {
  version: number;
  /** run of the decided packet, from 1 */
  run: number;
  packet_id: string;
  upload_id: string;
  area: string;
  /** the office that serves the person, by the papers */
  office: string;
  owner: string;
  /** the sender is not the office the papers name, nor in charge: until a person decided, it counts for no one */
  contested: boolean;
  /** at least one document of the packet was read; without one it replaces no version that has one */
  is_read: boolean;
  category: string | null;
  decision: DecisionOutcome;
  /** what decisions on later months ask for; absent in versions of earlier programs */
  history_line?: HistoryLine;
  received_at: string;
  first_upload_id: string;
  /** the owner withdrew it (取下げ), ISO time; never stored: readers add it from `case.withdrawn` */
  withdrawn_at?: string;
  /** the packet its papers went to in another case; never stored: readers add it from `case.left` */
  moved_to?: string;
  /** receipt date of the first version, kept over corrections of the same owner */
  first_received_at: string;
  /** when the first version was decided; absent in versions of earlier programs */
  first_decided_at?: string;
}

/** A sender or the owner withdrew what was sent of a month (取下げ): the versions of that sender up to this one count no more. */
export interface CaseWithdrawn extends EventBase<'case.withdrawn'>, WithOutbox<'case'> {
  packet_id: string;
  version: number;
  /** subject of the token, or the name the operator gave */
  by: string;
  role: string;
  reason: string;
}

/** The papers of a version are of another case: up to this run it counts no more in this one. */
export interface CaseLeft extends EventBase<'case.left'> {
  packet_id: string;
  version: number;
  run: number;
  /** the packet that has its papers; itself where a further run showed whose they are */
  to: string;
}

/** What is left of a case after its time: who erased it and why, what was erased, the numbers it counts in. No person. */
export interface CaseErased extends EventBase<'case.erased'> {
  erasure: string;
  by: string;
  reason: string;
  completed_on: string;
  keep_until: string;
  rule: string | null;
  packets: string[];
  objects: ErasedObject[];
  /** uploads other cases still need: they are erased with the last of them */
  kept_uploads: string[];
  /** the cases without person, name, number and documents, so that the area's numbers stay what they were */
  tombstones: CaseRecord[];
}
