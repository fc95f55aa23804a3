import { TABLES, type TableName, tableVariable } from '../shared/records/store/tables.ts';

/** A setting the stack gives to every function. Throws at the first use where it is missing: a fault of the deployment. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`environment variable ${name} is missing`);
  return value;
}

export const numberSetting = (name: string): number => {
  const value = Number(setting(name));
  if (!Number.isFinite(value)) throw new Error(`environment variable ${name} is not a number`);
  return value;
};

export const tableNames = (): Record<TableName, string> =>
  Object.fromEntries(
    (Object.keys(TABLES) as TableName[]).map((name) => [name, setting(tableVariable(name))]),
  ) as Record<TableName, string>;

/** Name of a setting among the outputs of the stack, which allow no underscore: TABLE_EVENTS → TableEvents. */
export const outputOf = (name: string): string =>
  name.replace(/([A-Z])([A-Z]*)_?/g, (_, first: string, rest: string) => first + rest.toLowerCase());

/** And back: TableEvents → TABLE_EVENTS. */
export const settingOf = (output: string): string =>
  output.replace(/(?<=[a-z0-9])([A-Z])/g, '_$1').toUpperCase();
