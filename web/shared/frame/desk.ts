import type { RouteObject } from 'react-router';
import type { Role, SignedInUser } from '../sign-in/user.ts';

/** The screens of one kind of user. Each desk exports its own from web/<desk>/routes.tsx. */
export interface Desk {
  role: Role;
  /** first part of the address of its screens: /office */
  path: string;
  name: string;
  /** links of the navigation, in order; the first is where the user starts */
  navigation: { to: string; label: string }[];
  routes: RouteObject[];
}

/** The desks of the user's roles. An operator sees every desk. */
export const desksOf = ({ roles }: SignedInUser, desks: Desk[]): Desk[] =>
  desks.filter(({ role }) => roles.includes(role) || roles.includes('operator'));
