import * as z from 'zod';
import { ownValue } from '../text/own-value.ts';
import { tableLoader } from './load-table.ts';

/** Characters of the longest quotation: an excerpt, never a copy of the source. */
const LONGEST = 600;

const loadTable = tableLoader(
  z.record(z.string(), z.record(z.string(), z.array(z.string().min(1).max(LONGEST)).min(1))),
);

/** Word for word what the document of a city says at a place (`place` of a rule); empty where no quotation is kept. */
export const quotesAt = (city: string, place: string, folder?: string): string[] =>
  ownValue(ownValue(loadTable('passages', folder), city) ?? {}, place) ?? [];
