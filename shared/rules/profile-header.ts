import * as z from 'zod';
import { conditionSchema } from './conditions.ts';
import { day } from './entry-base.ts';

/** A profile without its rules: the source, its dates, and what the city has settled. */
export const profileHeader = z.strictObject({
  city: z.string(),
  source: z.strictObject({ title: z.string(), published: z.string().optional(), url: z.string().optional() }),
  /** other documents an entry may cite by key */
  sources: z
    .record(z.string(), z.strictObject({ title: z.string(), url: z.string().optional() }))
    .default({}),
  in_force: z.strictObject({ from: day, to: day.optional() }),
  /** date of the last comparison of this file with its source */
  checked_on: day,
  /** true: the source is a proposal, or the city has not confirmed this reading of it */
  provisional: z.boolean().default(false),
  /** what this city's sentences call a body or a value, where it differs from bodies.yaml and value-names.yaml */
  names: z.record(z.string(), z.string()).default({}),
  /** what the source leaves open and the city must fill in; null: not decided, so the desk asks a person */
  configuration: z
    .record(
      z.string(),
      z.strictObject({
        value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]),
        summary: z.string(),
        place: z.string(),
        /** who settles it, and where, when no rule reads the value */
        by: z.string().optional(),
      }),
    )
    .default({}),
  /** how an event read from the plan is called in this city's rules */
  event_reading: z
    .array(
      z.strictObject({ event: z.string(), when: conditionSchema, becomes: z.string(), place: z.string() }),
    )
    .default([]),
  /** which route a month of a kind has, where the declared route cannot be its route or none is declared */
  route_reading: z
    .array(
      z.strictObject({
        kind: z.enum(['yobo_shien', 'yobo_cm']),
        when: conditionSchema,
        becomes: z.enum(['direct', 'itaku', 'center']),
        place: z.string(),
      }),
    )
    .default([]),
});
export type ProfileHeader = z.infer<typeof profileHeader>;
