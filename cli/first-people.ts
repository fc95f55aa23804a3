import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignInLink } from '../host/host.ts';
import { PEOPLE_FILE, writePeople } from '../host/sign-in/people-file.ts';
import type { Person } from '../shared/access/people.ts';
import { loadRegistry, type Registry } from '../shared/registry/registry.ts';

const OPERATOR: Person = { name: '運営', mail: 'operator@desk.example', role: 'operator' };

/** Gives a desk without people its first ones: those of a file, of a synthetic city, or the operator alone. */
export async function makeFirstPeople(
  folder: string,
  from: { file: string } | { registry: string } | null,
): Promise<void> {
  const file = join(folder, PEOPLE_FILE);
  if (existsSync(file)) return;
  if (from && 'file' in from) await copyFile(from.file, file);
  else writePeople(folder, from ? peopleOf(await loadRegistry(from.registry)) : [OPERATOR]);
}

/** Two offices, the 包括 of two 圏域, the city and the operator of a synthetic city. */
function peopleOf({ city, areas, offices }: Registry): Person[] {
  return [
    ...offices.slice(0, 2).map(
      ({ number, name }): Person => ({
        name: name ?? number,
        mail: `${number}@office.example`,
        role: 'office',
        office: number,
      }),
    ),
    ...areas.slice(0, 2).map(
      ({ key, name }): Person => ({
        name: `${name}の包括`,
        mail: `${key}@center.example`,
        role: 'hokatsu',
        city,
        areas: [key],
      }),
    ),
    { name: '市の担当', mail: `city@${city}.example`, role: 'city', city },
    OPERATOR,
  ];
}

const ROLES: Record<Person['role'], string> = {
  office: '事業所',
  hokatsu: '包括',
  city: '市',
  operator: '運営',
};

/** One link a person, as lines for the terminal. */
export function signInLines(links: readonly SignInLink[], folder: string): string[] {
  return [
    'サインインのリンク（この機械でだけ開けます。受付を終えるまで何度でも使えます）',
    ...links.map(({ person, url }) => `  ${ROLES[person.role]}　${person.name}\n    ${url}`),
    `人を足す・変える: ${join(folder, PEOPLE_FILE)}`,
  ];
}
