import type { City } from '../../lib/model.ts';
import type { Customs } from './common.ts';
import { iwaki } from './iwaki.ts';
import { kumamoto } from './kumamoto.ts';
import { mito } from './mito.ts';
import { nobeoka } from './nobeoka.ts';
import { okayama } from './okayama.ts';

/** The requirements of each city, from its own document (資料), not from the desk's profiles. */
export const CUSTOMS: Record<City['key'], Customs> = { iwaki, mito, okayama, nobeoka, kumamoto };
