import { parse } from 'csv-parse/sync';
import { ownValue } from '../text/own-value.ts';
import { type Registry, RegistryError } from './registry.ts';

/** The lists of a registry a city keeps in a spreadsheet. */
export const TABLE_LISTS = ['areas', 'centers', 'offices'] as const;
export type TableList = (typeof TABLE_LISTS)[number];
export const TABLE_NAMES: Record<TableList, string> = {
  areas: '圏域',
  centers: 'センター',
  offices: '事業所',
};

interface Column<Entry> {
  title: string;
  write: (entry: Entry, city: string) => string;
  /** the part of an entry the cell gives. Throws RegistryError */
  read: (cell: string, city: string) => object;
}

type Tables = { [List in TableList]: Column<Registry[List][number]>[] };

const KINDS = { yobo_cm: '介護予防ケアマネジメント', yobo_shien: '介護予防支援' } as const;
const SPECIAL_AREAS = { tokubetsu_chiiki: '特別地域', chusankan_shokibo: '中山間地域等の小規模' } as const;
const BETWEEN = ' / ';

const listOf = (cell: string): string[] =>
  cell
    .split(/\s*[/／、\n]\s*/)
    .map((part) => part.trim())
    .filter(Boolean);

/** A spreadsheet drops the zeros in front of a number. */
const numberOf = (cell: string): string => (/^\d{1,9}$/.test(cell) ? cell.padStart(10, '0') : cell);

const text = <Name extends string>(title: string, name: Name): Column<Record<Name, string>> => ({
  title,
  write: (entry) => entry[name],
  read: (cell) => ({ [name]: cell }),
});

const TABLES: Tables = {
  areas: [
    text('圏域の記号', 'key'),
    text('名前', 'name'),
    { title: 'センター番号', write: ({ center }) => center, read: (cell) => ({ center: numberOf(cell) }) },
    {
      title: '住所',
      write: ({ addresses }) => addresses.join(BETWEEN),
      read: (cell) => ({ addresses: listOf(cell) }),
    },
    {
      title: '郵便番号',
      write: ({ postal_codes }) => postal_codes.join(BETWEEN),
      read: (cell) => ({ postal_codes: listOf(cell) }),
    },
  ],
  centers: [
    { title: 'センター番号', write: ({ number }) => number, read: (cell) => ({ number: numberOf(cell) }) },
    text('名前', 'name'),
    contact('部署', 'department'),
    contact('電話', 'telephone'),
    contact('所在地', 'address'),
    contact('メール', 'mail'),
  ],
  offices: [
    { title: '事業所番号', write: ({ number }) => number, read: (cell) => ({ number: numberOf(cell) }) },
    text('名前', 'name'),
    {
      title: 'メール',
      write: ({ mail }) => mail ?? '',
      read: (cell) => (cell ? { mail: cell } : { mail: null }),
    },
    {
      title: '居宅介護支援の指定',
      write: ({ kyotaku }) => (kyotaku ? periodText(kyotaku) : ''),
      read: (cell) => ({ kyotaku: cell ? periodOf(cell) : null }),
    },
    {
      title: '介護予防支援の指定',
      write: ({ yobo_shien }, city) =>
        yobo_shien
          .map((one) => (one.city === city ? periodText(one) : `${one.city} ${periodText(one)}`))
          .join(BETWEEN),
      read: (cell, city) => ({
        yobo_shien: cell.split(BETWEEN.trim()).flatMap((part) => {
          const [first = '', ...others] = part.trim().split(/\s+/);
          if (!first) return [];
          return others.length === 0
            ? [{ city, ...periodOf(first) }]
            : [{ city: first, ...periodOf(others.join('')) }];
        }),
      }),
    },
    {
      title: '委託',
      write: ({ commissions }) =>
        commissions
          .map((one) => `${one.center} ${one.kinds.map((kind) => KINDS[kind]).join('・')} ${periodText(one)}`)
          .join(BETWEEN),
      read: (cell) => ({ commissions: cell.split(BETWEEN.trim()).flatMap(commissionOf) }),
    },
    {
      title: '管理者が主任介護支援専門員',
      write: ({ manager_is_shunin: is }) => (is === true ? 'はい' : is === false ? 'いいえ' : ''),
      read: (cell) => ({ manager_is_shunin: yesOrNo(cell) }),
    },
    {
      title: '介護支援専門員の人数',
      write: ({ care_managers }) => String(care_managers ?? ''),
      read: (cell) => ({ care_managers: cell === '' ? null : Number(cell) }),
    },
    {
      title: '特別地域',
      write: ({ special_area }) => (special_area ? SPECIAL_AREAS[special_area] : ''),
      read: (cell) => ({ special_area: cell ? keyOf(SPECIAL_AREAS, cell) : null }),
    },
  ],
};

function contact(
  title: string,
  name: 'department' | 'telephone' | 'address' | 'mail',
): Column<Registry['centers'][number]> {
  return {
    title,
    write: (entry) => entry.contact?.[name] ?? '',
    read: (cell) => (cell ? { contact: { [name]: cell } } : {}),
  };
}

type Period = { from: string; to?: string | null | undefined };

const periodText = ({ from, to }: Period): string => `${from}から${to ? `${to}まで` : ''}`;

/** 2024-04-01から2030-03-31まで, also 2024/4/1から */
function periodOf(cell: string): Period {
  const day = String.raw`(\d{4})[-/](\d{1,2})[-/](\d{1,2})`;
  const found = new RegExp(`^${day}(?:から|〜|～)?(?:${day}(?:まで)?)?$`).exec(cell.replaceAll(/\s/g, ''));
  if (!found)
    throw new RegistryError(
      `期間「${cell}」は「2024-04-01から」「2024-04-01から2030-03-31まで」のように書いてください。`,
    );
  const [, ...parts] = found;
  const iso = ([year, month, date]: (string | undefined)[]): string =>
    `${year}-${month?.padStart(2, '0')}-${date?.padStart(2, '0')}`;
  return { from: iso(parts.slice(0, 3)), ...(parts[3] && { to: iso(parts.slice(3)) }) };
}

function commissionOf(part: string): object[] {
  const [center = '', kinds = '', ...period] = part.trim().split(/\s+/);
  if (!center) return [];
  return [
    {
      center: numberOf(center),
      kinds: kinds.split('・').map((name) => keyOf(KINDS, name)),
      ...periodOf(period.join('')),
    },
  ];
}

function keyOf(names: Record<string, string>, name: string): string {
  const key = Object.keys(names).find((one) => names[one] === name);
  if (key) return key;
  throw new RegistryError(`「${name}」は ${Object.values(names).join('、')} のどれかで書いてください。`);
}

function yesOrNo(cell: string): boolean | null {
  const answer = ownValue({ '': null, はい: true, いいえ: false }, cell);
  if (answer === undefined)
    throw new RegistryError(`「${cell}」は「はい」か「いいえ」で書くか、空けておいてください。`);
  return answer;
}

/** A list of a registry as a table: titles, and a row for each entry. */
export function registryTable(registry: Registry, list: TableList): { columns: string[]; rows: string[][] } {
  const columns = TABLES[list] as Column<object>[];
  return {
    columns: columns.map(({ title }) => title),
    rows: registry[list].map((entry) => columns.map(({ write }) => write(entry, registry.city))),
  };
}

/**
 * The registry with one list out of a table, which its titles name; an entry that the table leaves out is gone. What the
 * table has no column for stays as it was.
 * @throws RegistryError with the row and what to write
 */
export function withTable(registry: Registry, csv: string): Registry {
  const [header = [], ...rows] = rowsOf(csv);
  const list = TABLE_LISTS.find((one) =>
    TABLES[one].slice(0, 2).every(({ title }) => header.includes(title)),
  );
  if (!list)
    throw new RegistryError(
      `一行目の見出しで、どの表か分かりません。見出しは ${TABLE_LISTS.map(
        (one) =>
          `${TABLE_NAMES[one]}の表では「${(TABLES[one] as { title: string }[]).map(({ title }) => title).join('、')}」`,
      ).join('、')} です。`,
    );
  const entries = rows.map((cells, n) => {
    try {
      return entryOf(registry, list, header, cells);
    } catch (error) {
      if (error instanceof RegistryError)
        throw new RegistryError(`${TABLE_NAMES[list]}の表の${n + 2}行目: ${error.message}`);
      throw error;
    }
  });
  return { ...registry, [list]: entries };
}

function rowsOf(csv: string): string[][] {
  try {
    return parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new RegistryError(`CSVとして読めません: ${error instanceof Error ? error.message : error}`);
  }
}

function entryOf(registry: Registry, list: TableList, header: string[], cells: string[]): object {
  const columns = (TABLES[list] as Column<object>[]).filter(({ title }) => header.includes(title));
  const read = columns.map((column) =>
    column.read((cells[header.indexOf(column.title)] ?? '').trim(), registry.city),
  );
  const key = list === 'areas' ? 'key' : 'number';
  const entry: Record<string, unknown> = {};
  for (const part of read)
    for (const [name, value] of Object.entries(part))
      entry[name] = name === 'contact' ? { ...(entry.contact as object), ...value } : value;
  const before = (registry[list] as Record<string, unknown>[]).find((one) => one[key] === entry[key]);
  // An empty cell changes nothing where nothing stood.
  const kept = Object.entries(entry).filter(
    ([name, value]) => value !== null || before?.[name] !== undefined,
  );
  return { ...before, ...Object.fromEntries(kept) };
}
