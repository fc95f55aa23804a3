import { type Fault, storm } from './faults.ts';
import type { Scenario } from './run.ts';

const weather =
  (chances: Partial<Record<Fault, number>>): Scenario['plan'] =>
  (random) =>
    storm(random, chances);
const crashes = { 'crash before': 0.008, 'crash after': 0.008 };
const errors = { throttle: 0.015, error: 0.01, 'answer lost': 0.01, 'asked twice': 0.02 };

/** Every kind of fault, and all at once. */
export const SCENARIOS: Scenario[] = [
  { name: 'a calm day', workers: 3 },
  { name: 'delivered 1–6 times, out of order', repeats: true, workers: 4 },
  // dead letters of the first day that are redriven on the last
  { name: 'delivered again after 13 days', againAfterDays: 13, workers: 3 },
  { name: 'killed between two calls', plan: weather(crashes), workers: 3 },
  { name: 'throttled, failing, unanswered', plan: weather(errors), workers: 3 },
  { name: 'objects half written', plan: weather({ half: 0.04 }), workers: 3 },
  { name: 'clocks jump by up to 30 hours', jumpHours: 30, repeats: true, workers: 3 },
  {
    name: 'everything at once',
    plan: weather({ ...errors, 'crash before': 0.004, 'crash after': 0.004, half: 0.02 }),
    repeats: true,
    jumpHours: 30,
    workers: 4,
  },
];

/** The same faults, without the guards of the store. */
export const unguarded = (scenario: Scenario): Scenario => ({ ...scenario, guarded: false });
