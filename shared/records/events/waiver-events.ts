import type { Waiver } from '../../rules/waiver.ts';
import type { EventBase } from './event-base.ts';

/** A city waives a rule of its own for a time. Papers received in it are decided with it; earlier ones stay as they are. */
interface WaiverGranted extends EventBase<'waiver.granted'> {
  waiver: Waiver;
  /** subject of the token and role of who entered it */
  by: string;
  role: string;
}

/** It ends before its time, with this day. */
interface WaiverEnded extends EventBase<'waiver.ended'> {
  waiver_id: string;
  /** ISO date: the last day it applies */
  until: string;
  by: string;
  role: string;
  reason: string;
}

export type WaiverEvent = WaiverGranted | WaiverEnded;
