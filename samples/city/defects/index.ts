import type { Dossier } from '../dossier.ts';
import type { Random } from '../random.ts';
import type { Defect } from './defect.ts';

export type { Defect } from './defect.ts';

/** Every kind of mistake the city knows. */
export const DEFECTS: readonly Defect[] = [];

/** Plants one of the defects that can happen to this packet; null when none can. */
export function plantOne(d: Dossier, defects: readonly Defect[], random: Random): Defect | null {
  const possible = defects.filter((defect) => defect.applies(d));
  if (possible.length === 0) return null;
  const defect = random.pick(possible);
  defect.plant(d, random);
  return defect;
}
