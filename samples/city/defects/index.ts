import type { Dossier } from '../dossier.ts';
import type { Random } from '../random.ts';
import { wrongBilling } from './billing.ts';
import type { Defect } from './defect.ts';
import { brokenFiles } from './files.ts';
import { missingDocuments } from './missing.ts';
import { wrongMonth } from './month.ts';
import { wrongPapers } from './papers.ts';
import { wrongPersons } from './persons.ts';
import { wrongTodoke } from './todoke.ts';

export type { Defect } from './defect.ts';

/** Every kind of mistake the city knows. */
export const DEFECTS: readonly Defect[] = [
  ...missingDocuments,
  ...wrongTodoke,
  ...wrongMonth,
  ...wrongBilling,
  ...wrongPapers,
  ...wrongPersons,
  ...brokenFiles,
];

/** Plants one of the defects that can happen to this packet; null when none can. */
export function plantOne(d: Dossier, defects: readonly Defect[], random: Random): Defect | null {
  const possible = defects.filter((defect) => defect.applies(d));
  if (possible.length === 0) return null;
  const defect = random.pick(possible);
  defect.plant(d, random);
  return defect;
}
