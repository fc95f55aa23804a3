import { cityName } from '../../profiles/cities.ts';
import { type Found, found } from '../found.ts';
import { knownFact } from '../make-fact.ts';
import type { FactSources } from './fact-sources.ts';

/** The insurer: the city whose rules count, where the cover names no other (住所地特例). */
export const readInsurerCity = ({ identity: { city } }: Pick<FactSources, 'identity'>): Found =>
  found([city ? knownFact('insurer_city', cityName(city), '保険者番号') : undefined]);
