import * as z from 'zod';
import { profileHeader } from './profile-header.ts';
import { TEMPLATES } from './templates/registry.ts';

const [first, ...others] = TEMPLATES.map((template) => template.entry);

/** One rule of a profile. `template` names the one of templates/ that judges it. */
export const entrySchema = z.discriminatedUnion('template', [first!, ...others]);
export type RuleEntry = z.infer<typeof entrySchema>;

export const profileSchema = profileHeader.extend({ rules: z.array(entrySchema) });
export type ProfileFile = z.infer<typeof profileSchema>;
