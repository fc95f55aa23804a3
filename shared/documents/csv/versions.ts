import * as z from 'zod';
import { tableLoader } from '../../profiles/load-table.ts';

const schema = z.strictObject({
  source: z.record(z.string(), z.string()),
  checked_on: z.string(),
  versions: z
    .array(
      z.strictObject({
        name: z.string(),
        values: z.array(z.string().regex(/^\d{6}$/)).min(1),
        from: z.string().regex(/^\d{4}-\d{2}$/),
        generation: z.enum(['v3', 'v4']),
      }),
    )
    .min(1),
});
const loadTable = tableLoader(schema);

/** A version of the standard; `from` is the first service month (YYYY-MM) it applies to. */
export type CsvVersion = z.output<typeof schema>['versions'][number];

/** The newest version of a generation of file names and columns (profiles/csv-versions.yaml). */
export const newestOf = (generation: CsvVersion['generation']): CsvVersion =>
  loadTable('csv-versions').versions.findLast((version) => version.generation === generation)!;

/** The version that applies to a service month (YYYYMM, as the files write it). */
export const versionOfMonth = (month: string): CsvVersion | undefined =>
  loadTable('csv-versions').versions.findLast(({ from }) => from.replace('-', '') <= month);
