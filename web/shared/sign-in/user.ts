import { createContext, useContext } from 'react';

export type Role = 'office' | 'hokatsu' | 'city' | 'operator';

/** Who is signed in, from the claims of the ID token. The API checks every right itself; the page only chooses screens. */
export interface SignedInUser {
  name: string;
  roles: Role[];
  office: string | null;
  city: string | null;
  areas: string[];
}

const ROLES: Role[] = ['office', 'hokatsu', 'city', 'operator'];

export function userOf(claims: Record<string, unknown>): SignedInUser {
  const groups = claims['cognito:groups'];
  const text = (name: string): string | null => (claims[name] ? String(claims[name]) : null);
  return {
    name: text('name') ?? text('email') ?? '',
    roles: ROLES.filter((role) => Array.isArray(groups) && groups.includes(role)),
    office: text('custom:office'),
    city: text('custom:city'),
    areas: (text('custom:areas') ?? '').split(/[\s,]+/).filter(Boolean),
  };
}

export const UserContext = createContext<SignedInUser | null>(null);

/** The signed-in user, below the sign-in gate. */
export function useUser(): SignedInUser {
  const user = useContext(UserContext);
  if (!user) throw new Error('no user outside the sign-in gate');
  return user;
}
