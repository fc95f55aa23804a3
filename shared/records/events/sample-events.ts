import type { EventBase } from './event-base.ts';

/** What a sample is drawn for: a 地域ケア会議, or a second look at reviews that were ended. */
export const SAMPLE_PURPOSES = ['conference', 'second_look'] as const;
type SamplePurpose = (typeof SAMPLE_PURPOSES)[number];

/** What a sample is drawn from. */
export interface SampleCriteria {
  purpose: SamplePurpose;
  month: string;
  /** null: every category */
  category: string | null;
  count: number;
}

/** A sample of an area's cases. With its seed and the same cases, everyone draws the same one. */
export interface SampleDrawn extends EventBase<'sample.drawn'> {
  sample_id: string;
  city: string;
  area: string;
  criteria: SampleCriteria;
  seed: string;
  /** how many cases it was drawn from, and the sha256 of their sorted packet ids */
  pool: number;
  pool_digest: string;
  /** packet ids, in the order they were drawn */
  drawn: string[];
  /** subject of the token, or the name the operator gave */
  by: string;
  role: string;
}
