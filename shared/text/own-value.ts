/** The entry of a table under a key from outside: undefined for `constructor` and other names every object has. */
export const ownValue = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
