import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignInLink } from '../host/host.ts';
import { PEOPLE_FILE, writePeople } from '../host/sign-in/people-file.ts';
import type { Person } from '../shared/access/people.ts';
import { OFFICE_NUMBER } from '../shared/access/sender.ts';
import type { UploadSource } from '../shared/packet/upload-source.ts';
import { cityKeys } from '../shared/profiles/cities.ts';
import type { PacketLine } from '../shared/records/views/packet-line.ts';
import { loadRegistry, type Registry } from '../shared/registry/registry.ts';
import { cityLabel } from '../shared/vocabulary/labels.ts';
import { officeOfUpload } from './office-of-upload.ts';
import type { AreaNames } from './print-answers.ts';

const OPERATOR: Person = { name: '運用', mail: 'operator@desk.example', role: 'operator' };

/** Gives a desk without people its first ones: those of a file, of a synthetic city, or of the packets it answered. */
export async function makeFirstPeople(
  folder: string,
  from:
    | { file: string }
    | { registry: string; uploads: UploadSource[] }
    | { packets: PacketLine[]; names: AreaNames },
): Promise<void> {
  const file = join(folder, PEOPLE_FILE);
  if (existsSync(file)) return;
  if ('file' in from) await copyFile(from.file, file);
  else if ('registry' in from)
    writePeople(folder, peopleOf(await loadRegistry(from.registry), await officesOf(from.uploads)));
  else writePeople(folder, await peopleOfPackets(from.packets, from.names));
}

/** Of a month of one's own papers: its first offices, 圏域 and cities. More would hide the links that are needed. */
const MOST = 5;

async function peopleOfPackets(packets: PacketLine[], names: AreaNames): Promise<Person[]> {
  const inCharge = packets.filter(({ city }) => city !== null && cityKeys().includes(city));
  const offices = distinct(packets.map(({ office_number }) => office_number ?? '')).filter((number) =>
    OFFICE_NUMBER.test(number),
  );
  const cities = distinct(inCharge.map(({ city }) => city!));
  const areas = distinct(
    inCharge.flatMap(({ city, area }) => (area && !area.startsWith('_') ? [`${city}#${area}`] : [])),
  );
  const hokatsu = areas.map(async (key, n): Promise<Person> => {
    const [city = '', area = ''] = key.split('#');
    const name = `${cityLabel(city)}${await names.nameOf(city, area)}の包括`;
    return { name, mail: `hokatsu-${n + 1}@center.example`, role: 'hokatsu', city, areas: [area] };
  });
  return [
    ...offices.map((office): Person => {
      return { name: `${office} の担当`, mail: `${office}@office.example`, role: 'office', office };
    }),
    ...(await Promise.all(hokatsu)),
    ...cities.map((city): Person => {
      return { name: `${cityLabel(city)}の担当`, mail: `city@${city}.example`, role: 'city', city };
    }),
    OPERATOR,
  ];
}

/** In the order they came. */
const distinct = (keys: string[]): string[] => [...new Set(keys)].filter(Boolean).slice(0, MOST);

async function officesOf(uploads: UploadSource[]): Promise<Set<string | null>> {
  const offices = new Set<string | null>();
  for (const upload of uploads) offices.add(await officeOfUpload(upload));
  return offices;
}

/** Two offices that send papers, the 包括 of two 圏域, the city and the operator of a synthetic city. */
function peopleOf({ city, areas, offices }: Registry, sending: ReadonlySet<string | null>): Person[] {
  const senders = offices.filter(({ number }) => sending.has(number));
  return [
    ...senders.slice(0, 2).map(
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
  operator: '運用',
};

/** One link a person, as lines for the terminal. */
export function signInLines(links: readonly SignInLink[], folder: string): string[] {
  return [
    'サインインのリンク（このパソコンでだけ開けます。受付を終えるまで何度でも使えます）',
    ...links.map(({ person, url }) => `  ${ROLES[person.role]}　${person.name}\n    ${url}`),
    `人を足す・変える: ${join(folder, PEOPLE_FILE)}`,
  ];
}
