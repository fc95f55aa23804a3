import type { Dossier } from '../dossier.ts';
import type { Random } from '../random.ts';
import { wrongBilling } from './billing.ts';
import type { Defect } from './defect.ts';
import { brokenFiles } from './files.ts';
import { missingDocuments } from './missing.ts';
import { wrongMonth } from './month.ts';
import { wrongPapers } from './papers.ts';
import { wrongPersons } from './persons.ts';
import { wrongNotification } from './todoke.ts';

export type { Defect } from './defect.ts';

/** Kinds of mistakes with their weights: rules weigh more than files. */
const FAMILIES: readonly (readonly [number, readonly Defect[]])[] = [
  [4, missingDocuments],
  [4, wrongNotification],
  [3, wrongMonth],
  [2, wrongBilling],
  [4, wrongPapers],
  [2, wrongPersons],
  [2, brokenFiles],
];

/** Every kind of mistake of the city. */
export const DEFECTS: readonly Defect[] = FAMILIES.flatMap(([, defects]) => defects);

/** Faults of a file or of a folder, whose answer depends on what else is in it. */
const OF_FILES: ReadonlySet<readonly Defect[]> = new Set([wrongPersons, brokenFiles]);

/**
 * Plants one of the mistakes that this packet can have; null when it can have none.
 * @param options.only names to choose from
 * @param options.isBulk its files are shared with other packets
 */
export function plantOne(
  d: Dossier,
  random: Random,
  { only, isBulk }: { only?: readonly string[] | undefined; isBulk: boolean },
): Defect | null {
  const possible = FAMILIES.filter(([, defects]) => !isBulk || !OF_FILES.has(defects))
    .map(
      ([weight, defects]) =>
        [weight, defects.filter((x) => (!only || only.includes(x.name)) && x.applies(d))] as const,
    )
    .filter(([, defects]) => defects.length > 0);
  if (possible.length === 0) return null;
  const defect = random.pick(random.weighted(possible));
  defect.plant(d, random);
  return defect;
}
