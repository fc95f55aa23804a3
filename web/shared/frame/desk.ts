import type { RouteObject } from 'react-router';
import type { Role, SignedInUser } from '../sign-in/user.ts';

/** The screens of one kind of user. Each desk exports its own from web/<desk>/routes.tsx. */
export interface Desk {
  role: Role;
  /** who else opens its screens, after their own desk */
  readers?: readonly Role[];
  /** first part of the address of its screens: /office */
  path: string;
  name: string;
  /** links of the navigation, in order; the first is where the user starts */
  navigation: { to: string; label: string }[];
  routes: RouteObject[];
}

/** The desks of the user's roles, then those they may read. An operator sees every desk. */
export function desksOf({ roles }: SignedInUser, desks: Desk[]): Desk[] {
  const own = desks.filter(({ role }) => roles.includes(role) || roles.includes('operator'));
  const read = desks.filter(
    (desk) => !own.includes(desk) && desk.readers?.some((role) => roles.includes(role)),
  );
  return [...own, ...read];
}
