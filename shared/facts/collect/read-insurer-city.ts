import { cityName, cityOfInsurer } from '../../profiles/cities.ts';
import type { Fact } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { evidenceOf, knownFact } from '../make-fact.ts';
import type { FactSources } from './fact-sources.ts';

/**
 * The insurer: the city whose rules count, where the cover names no other. Of a person under 住所地特例 the city of the
 * facility is another one. A number with H is of a person on 生活保護 who is not insured (みなし2号).
 */
export function readInsurerCity({ identity, readings }: Pick<FactSources, 'identity' | 'readings'>): Found {
  const { city, residence, insured_number } = identity;
  const numbers = readings.of('insured_number').filter((r) => r.value === insured_number);
  return found([
    insurerCity(identity),
    residence && city
      ? knownFact('facility_city', cityName(residence), '住所地特例の施設の所在地')
      : undefined,
    insured_number?.startsWith('H')
      ? knownFact('flags.minashi_2go', true, 'Hで始まる被保険者番号', evidenceOf(numbers))
      : undefined,
  ]);
}

function insurerCity({ city, residence, insurer_number }: FactSources['identity']): Fact | undefined {
  if (!city) return undefined;
  if (!residence) return knownFact('insurer_city', cityName(city), '保険者番号');
  const insurer = insurer_number ? cityOfInsurer(insurer_number) : undefined;
  return knownFact('insurer_city', insurer ? cityName(insurer) : ELSEWHERE, '保険者番号');
}

/** A city this desk has no rules for. */
const ELSEWHERE = '他市';
