import { join } from 'node:path';
import type { DecisionContext } from '../../shared/decision/decision-context.ts';
import type { UploadLedger } from '../../shared/decision/upload-ledger.ts';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { decideUpload } from '../../shared/flow.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';
import { type BuiltType, type Cells, csv, csvName } from './csv.ts';
import { withFile, zipOf } from './zip.ts';

const OFFICE = '0870100013';
const CENTER = '0800100018';
const PROVIDER = '0870200011';

/** A person's month: the services planned and used, by code. */
export interface PersonMonth {
  number: string;
  name: string;
  /** YYYYMM */
  month: string;
  services: string[];
}

export type Files = Record<string, string | Uint8Array>;

const rowsOf = ({
  number,
  name,
  month,
  services,
}: PersonMonth): Record<'UPPLAN' | 'UPJSK' | 'UPHOSOKU', Cells[]> => {
  const person = { 2: '082016', 3: number };
  const used = (editor: string): Cells[] =>
    services.map((code, i) => ({
      ...person,
      ...{ 4: `${month}01`, 5: month, 6: OFFICE, 10: `${month}${String(i + 5).padStart(2, '0')}`, 15: code },
      ...{ 20: PROVIDER, 24: editor },
    }));
  const basic = {
    ...person,
    ...{
      6: name,
      8: `19400${1 + (Number(number) % 9)}15`,
      9: '000-0001',
      10: '水戸市見本町1-2-3',
      13: '20240401',
    },
    ...{ 14: '20240401', 15: '20270331', 18: '12', 59: '12', 60: OFFICE, 61: OFFICE, 63: month },
  };
  return { UPPLAN: used(OFFICE), UPJSK: used(PROVIDER), UPHOSOKU: [basic] };
};

const TYPES = ['UPPLAN', 'UPJSK', 'UPHOSOKU'] as const;

/** One file of the standard with the rows of these people. */
export function exported(
  type: (typeof TYPES)[number],
  people: PersonMonth[],
  stamp = '20240703101500',
): Files {
  const { month } = people[0]!;
  const route = type === 'UPJSK' ? { from: PROVIDER, to: OFFICE } : { from: OFFICE, to: CENTER };
  const rows = people.flatMap((person) => rowsOf(person)[type]);
  return { [csvName(type as BuiltType, { month, ...route, stamp })]: csv(type, ...rows) };
}

const below = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${folder}/${name}`, bytes]));

const whole = (people: PersonMonth[]): Files =>
  Object.assign({}, ...TYPES.map((type) => exported(type, people)));

const byMonth = (people: PersonMonth[]): PersonMonth[][] => [
  ...Map.groupBy(people, ({ month }) => month).values(),
];

/** The same content in the shapes offices send it. */
export const SHAPES: Record<string, (people: PersonMonth[]) => Files> = {
  'a folder for each packet': (people) =>
    merged(people.map((one) => below(`${one.number}_${one.month}`, whole([one])))),
  'folders named 利用者00': (people) =>
    merged(people.map((one, i) => below(`利用者${String(i).padStart(2, '0')}`, whole([one])))),
  'folders by name, with months in them': (people) =>
    merged(people.map((one) => below(`あ行/${one.name}/${one.month}`, whole([one])))),
  'folders by form, persons in them': (people) =>
    merged(
      people.flatMap((one) =>
        TYPES.map((type) => below(`${FORMS[type]}/${one.name}_${one.month}`, exported(type, [one]))),
      ),
    ),
  'the sending unit of each month': (people) => merged(byMonth(people).map(whole)),
  'one file of a kind for all months': whole,
  'a folder for each month': (people) =>
    merged(byMonth(people).map((month) => below(month[0]!.month, whole(month)))),
  'one file of a kind in each folder': (people) =>
    merged(
      byMonth(people).flatMap((month) => TYPES.map((type) => below(FORMS[type], exported(type, month)))),
    ),
};
const FORMS = { UPPLAN: '利用票', UPJSK: '実績', UPHOSOKU: '補足情報' } as const;

const merged = (all: Files[]): Files => Object.assign({}, ...all);

const registry = loadRegistry(join(import.meta.dirname, '../../samples/registry/mito.yaml'));

/** Decides files as one upload. */
export async function decideFiles(
  files: Files,
  over: Partial<DecisionContext> = {},
): Promise<{ verdicts: PacketVerdict[]; ledger: UploadLedger }> {
  let ledger: UploadLedger | undefined;
  const context = { registries: [await registry], today: '2024-08-01', ...over };
  const verdicts = await withFile('upload.zip', zipOf(files), (source) =>
    Array.fromAsync(
      decideUpload(source, context, (closed) => {
        ledger = closed;
      }),
    ),
  );
  return { verdicts, ledger: ledger! };
}
