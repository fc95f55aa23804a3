import type { MalwareResult } from '../events/malware-result.ts';
import type { InboxObject } from '../events/upload-id.ts';
import type { AreaMonth } from '../store/case-record.ts';
import type { Step } from '../store/upload-steps.ts';

/** Deadline of each step, in minutes after the step before it. Set by the operator, not by law. */
export type StepDeadlines = Record<Step, number>;

/** A step that was not done yet. */
export type OpenStep = {
  /** when the step before it was done, ISO time */
  since: string;
} & (
  | { step: Exclude<Step, PacketStep | 'summary'> }
  | { step: PacketStep; packet_id: string }
  | { step: 'summary'; area: AreaMonth }
);
type PacketStep = 'ocr' | 'review' | 'notice';

/** The inbox as the sweeper sees it: names and tags, never the contents of an object. */
export interface InboxListing {
  /** every version under a key */
  findObjects(key: string): Promise<InboxObject[]>;
  /** the malware scan's tag on an object, or null */
  findMalwareResult(object: Pick<InboxObject, 'key' | 'version_id'>): Promise<MalwareResult | null>;
}
