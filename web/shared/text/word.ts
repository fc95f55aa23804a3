/** The name of a key. A key without a name is shown as it is: better than hiding it. */
export const word = (names: Record<string, string>, key: string | null | undefined, none = '—'): string =>
  key ? (Object.hasOwn(names, key) ? names[key]! : key) : none;
