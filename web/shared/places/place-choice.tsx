import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { useWords } from '../api/session.ts';
import { useUser } from '../sign-in/user.ts';
import { monthText } from '../text/dates.ts';
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
function useAreas(city: string | null): { value: string; label: string }[] {
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

/** The city and the area of the address, else the first the user may see. */
export function usePlace() {
  const [params, setParams] = useSearchParams();
  const cities = useCities();
  const city = params.get('city') ?? cities[0] ?? null;
  const areas = useAreas(city);
  const area = params.get('area') ?? areas[0]?.value ?? null;
  const areaName = areas.find(({ value }) => value === area)?.label;
  return { params, setParams, cities, city, areas, area, areaName };
}

interface AreaProps {
  areas: { value: string; label: string }[];
  area: string | null;
  onChange: (area: string) => void;
}

/** Nothing to choose where there is one area. */
export const AreaChoice = ({ areas, area, onChange }: AreaProps) =>
  areas.length < 2 ? null : <Select label="圏域" options={areas} value={area} onChange={onChange} />;

interface MonthProps {
  label?: string;
  months: string[];
  month: string | null;
  onChange: (month: string) => void;
}

/** Nothing to choose where there is no month yet. */
export const MonthChoice = ({ label = '提供月', months, month, onChange }: MonthProps) =>
  months.length === 0 ? null : (
    <Select
      label={label}
      options={months.map((one) => ({ value: one, label: monthText(one) }))}
      value={month}
      onChange={onChange}
    />
  );
