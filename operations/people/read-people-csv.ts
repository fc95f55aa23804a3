import { parse } from 'csv-parse/sync';
import type * as z from 'zod';
import { type Person, peopleList } from '../../shared/access/people.ts';
import { cityKey } from '../../shared/profiles/cities.ts';
import { decodeJapanese } from '../../shared/text/decode.ts';
import { OperationError } from '../operation.ts';

/** The columns of the list, in any order; each row fills those that its role needs. */
const COLUMNS = {
  name: '氏名',
  mail: 'メール',
  role: '役割',
  office: '事業所番号',
  city: '市',
  areas: '圏域',
};
type Row = Record<keyof typeof COLUMNS, string>;

/** The words of the column 役割. */
const ROLES: Record<string, Person['role']> = {
  事業所: 'office',
  包括: 'hokatsu',
  地域包括支援センター: 'hokatsu',
  市: 'city',
  運用: 'operator',
};

/**
 * Reads the list of people who may sign in, as a spreadsheet saves it (UTF-8 or Shift_JIS).
 * Throws OperationError with every row that cannot be used, and how to repair it.
 */
export function readPeopleCsv(bytes: Uint8Array): Person[] {
  const [header = [], ...rows] = parse(decodeJapanese(bytes), {
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const missing = [COLUMNS.name, COLUMNS.mail, COLUMNS.role].filter((title) => !header.includes(title));
  if (missing.length > 0)
    throw new OperationError(
      `一行目に見出し「${missing.join('」「')}」がありません。見出しは ${Object.values(COLUMNS).join('、')} です。`,
    );
  const people = rows.map((cells) => personOf(rowOf(header, cells)));
  const parsed = peopleList.safeParse({ people });
  if (parsed.success) return parsed.data.people;
  throw new OperationError(
    `名簿に直すところがあります。だれの登録も変えていません。\n${parsed.error.issues.map(sentenceOf).join('\n')}`,
  );
}

function rowOf(header: string[], cells: string[]): Row {
  const cell = (title: string): string => (cells[header.indexOf(title)] ?? '').trim();
  const entries = Object.entries(COLUMNS).map(([key, title]) => [key, cell(title)]);
  return Object.fromEntries(entries) as Row;
}

/** Cells that the role does not need are refused where they are filled. */
function personOf({ name, mail, role, office, city, areas }: Row): Record<string, unknown> {
  return {
    name,
    mail: mail.toLowerCase(),
    role: ROLES[role] ?? role,
    ...(office && { office }),
    ...(city && { city: cityKey(city) ?? city }),
    ...(areas && { areas: areas.split(/[\s、,，・]+/).filter(Boolean) }),
  };
}

const TITLES: Record<string, string> = { ...COLUMNS };

function sentenceOf({ path, message, code, ...issue }: z.core.$ZodIssue): string {
  const [, index, field] = path;
  const where = typeof index === 'number' ? `${index + 2}行目` : '名簿';
  const title = TITLES[String(field)];
  if (code === 'unrecognized_keys' && 'keys' in issue)
    return `${where}: この役割では ${issue.keys.map((key) => TITLES[key] ?? key).join('、')} を空にしてください。`;
  if (field === 'role') return `${where}: 役割は ${Object.keys(ROLES).join('、')} のどれかです。`;
  return title
    ? `${where}: ${title}がないか、正しくありません。${remedyOf(String(field))}`
    : `${where}: ${message}`;
}

/** How a column is filled. */
function remedyOf(field: string): string {
  if (field === 'office') return '10桁の事業所番号を入れてください（表計算では文字列の列にします）。';
  if (field === 'city') return '規則のある市の名前を入れてください。';
  if (field === 'areas') return '担当する圏域を、空白か読点で区切って入れてください。';
  return '';
}
