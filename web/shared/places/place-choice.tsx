import { useQuery } from '@tanstack/react-query';
import { useWords } from '../api/session.ts';
import { useUser } from '../sign-in/user.ts';
import { word } from '../text/word.ts';
import { Select } from '../ui/select.tsx';
import { registriesQuery, registryQuery, UNRESOLVED_AREA } from './registry-query.ts';

/** The cities the user may see: an operator all with a registry, everyone else the own one. */
export function useCities(): string[] {
  const { city, roles } = useUser();
  const isOperator = roles.includes('operator');
  const { data } = useQuery({ ...registriesQuery, enabled: isOperator });
  if (!isOperator) return city ? [city] : [];
  return (data?.registries ?? []).map((one) => one.city);
}

/** The areas of a city the user may see: a 包括 its own, the city and the operator all. */
export function useAreas(city: string | null): { value: string; label: string }[] {
  const { areas, roles } = useUser();
  const { data } = useQuery({ ...registryQuery(city ?? ''), enabled: city !== null });
  const all = (data?.areas ?? []).map((one) => ({ value: one.key, label: one.name }));
  if (roles.includes('city') || roles.includes('operator'))
    return [...all, { value: UNRESOLVED_AREA, label: '圏域が決まらないもの' }];
  return all.filter(({ value }) => areas.includes(value));
}

interface CityProps {
  cities: string[];
  city: string | null;
  onChange: (city: string) => void;
}

/** Nothing to choose where there is one city. */
export function CityChoice({ cities, city, onChange }: CityProps) {
  const words = useWords();
  if (cities.length < 2) return null;
  const options = cities.map((key) => ({
    value: key,
    label: key.startsWith('_') ? '市が分からないもの' : word(words.cities, key),
  }));
  return <Select label="市" options={options} value={city} onChange={onChange} />;
}
