import * as z from 'zod';
import { type FactSheet, factValue } from '../facts/fact.ts';
import { tableLoader } from '../profiles/load-table.ts';
import { type Condition, conditionSchema, evaluate } from './conditions.ts';

const schema = z.strictObject({
  implies: z.array(
    z.strictObject({
      document: z.string().optional(),
      when: conditionSchema.optional(),
      counts_as: z.array(z.string()),
      summary: z.string(),
    }),
  ),
});
const loadTable = tableLoader(schema);

/**
 * The documents present, with what each counts as (a signed plan is a plan; a 利用票 handed in is a copy of it).
 * Data in profiles/documents.yaml; applied until nothing more follows.
 */
export function impliedDocuments(facts: FactSheet, folder?: string): Set<string> {
  const table = loadTable('documents', folder).implies;
  const present = new Set(factValue<string[]>(facts, 'documents') ?? []);
  for (let before = -1; before !== present.size; ) {
    before = present.size;
    for (const row of table) {
      if (row.document && !present.has(row.document)) continue;
      if (row.when && evaluate(row.when as Condition, facts).truth !== true) continue;
      for (const key of row.counts_as) present.add(key);
    }
  }
  return present;
}
