import { claimsOf, type Person } from '../../shared/access/people.ts';

/** Who has an account, as far as the list is concerned. */
export interface Account {
  mail: string;
  /** false: may not sign in */
  active: boolean;
  groups: string[];
  /** name, custom:office, … */
  attributes: Record<string, string>;
}

export interface PeoplePlan {
  invite: Person[];
  /** another name, role, office, city or areas; or back after they left */
  change: { person: Person; account: Account }[];
  /** on no list any more */
  leave: Account[];
  unchanged: number;
}

/** What turns the accounts into the list: who is on it may sign in with these rights, and no one else. */
export function planPeople(people: readonly Person[], accounts: readonly Account[]): PeoplePlan {
  const existing = new Map(accounts.map((account) => [account.mail.toLowerCase(), account]));
  const listed = new Set(people.map(({ mail }) => mail.toLowerCase()));
  const known = people.flatMap((person) => {
    const account = existing.get(person.mail.toLowerCase());
    return account ? [{ person, account }] : [];
  });
  const change = known.filter(({ person, account }) => !isSame(person, account));
  return {
    invite: people.filter(({ mail }) => !existing.has(mail.toLowerCase())),
    change,
    leave: accounts.filter(({ mail, active }) => active && !listed.has(mail.toLowerCase())),
    unchanged: known.length - change.length,
  };
}

/** The attributes of an account that give rights; empty where the role has none, so that an old one is taken away. */
export function attributesOf(person: Person): Record<string, string> {
  const claims = claimsOf(person);
  const text = (name: string): string => String(claims[name] ?? '');
  const own = ['custom:office', 'custom:city', 'custom:areas'].map((name) => [name, text(name)]);
  return { name: person.name, ...Object.fromEntries(own) };
}

function isSame(person: Person, { active, groups, attributes }: Account): boolean {
  const wanted = Object.entries(attributesOf(person));
  return (
    active &&
    groups.length === 1 &&
    groups[0] === person.role &&
    wanted.every(([name, value]) => (attributes[name] ?? '') === value)
  );
}
