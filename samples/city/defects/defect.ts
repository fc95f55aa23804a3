import type { Dossier } from '../dossier.ts';
import type { Random } from '../random.ts';

/** One kind of mistake, named after the rule it breaks. */
export interface Defect {
  name: string;
  /** rule of the city or of the file formats that it breaks */
  rule: string;
  /** finding codes the desk must raise because of it; those of missing documents follow from the packet's needs */
  codes: string[];
  /** what the office did wrong, in a clerk's words */
  why: string;
  applies(d: Dossier): boolean;
  plant(d: Dossier, random: Random): void;
}
