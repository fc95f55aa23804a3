import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const person = (city: string, key: string) =>
  answer(api.people[':city'][':person'].$get({ param: { city, person: key } }));
export type Person = Awaited<ReturnType<typeof person>>;
export type PersonMonth = Person['months'][number];

/** A person's months, and the papers that are awaited. */
export const personQuery = (city: string, key: string) =>
  queryOptions({ queryKey: ['person', city, key], queryFn: () => person(city, key) });

/** By number in the whole city, by name in one area. */
export type Wanted = { city: string; number: string } | { city: string; area: string; name: string };
export const findPeople = (json: Wanted) => answer(api.people.search.$post({ json }));
