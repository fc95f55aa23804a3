import * as z from 'zod';
import { tableLoader } from './load-table.ts';

const loadTable = tableLoader(z.strictObject({ names: z.record(z.string(), z.string()) }));

/** What a clerk reads for a value of a fact, a rule or a verdict (profiles/value-names.yaml). */
export const valueNames = (folder?: string): Record<string, string> => loadTable('value-names', folder).names;
