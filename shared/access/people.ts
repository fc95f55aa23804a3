import * as z from 'zod';
import { cityKeys } from '../profiles/cities.ts';
import { OFFICE_NUMBER } from './sender.ts';

/*
 * Who may sign in, and as what. On one machine the list is a file of the data folder (host/sign-in/people-file.ts); on AWS
 * the same list becomes users of the user pool.
 */

const named = { name: z.string().trim().min(1).max(100), mail: z.email() };
const city = z.string().refine((key) => cityKeys().includes(key), { error: '規則のある市ではありません' });

const person = z.discriminatedUnion('role', [
  z.strictObject({ ...named, role: z.literal('office'), office: z.string().regex(OFFICE_NUMBER) }),
  z.strictObject({ ...named, role: z.literal('hokatsu'), city, areas: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ ...named, role: z.literal('city'), city }),
  z.strictObject({ ...named, role: z.literal('operator') }),
]);
export type Person = z.infer<typeof person>;

export const peopleList = z.strictObject({
  people: z.array(person).refine((people) => new Set(people.map(({ mail }) => mail)).size === people.length, {
    error: '同じメールアドレスの人が二度書かれています',
  }),
});

/** The claims of the person's token, under the names that the user pool gives them. */
export function claimsOf(one: Person): Record<string, string | string[]> {
  return {
    sub: one.mail,
    name: one.name,
    email: one.mail,
    'cognito:groups': [one.role],
    ...('office' in one && { 'custom:office': one.office }),
    ...('city' in one && { 'custom:city': one.city }),
    ...('areas' in one && { 'custom:areas': one.areas.join(' ') }),
  };
}
