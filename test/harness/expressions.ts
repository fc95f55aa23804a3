/** Condition, key and update expressions of DynamoDB, as far as the records use them. Anything else throws. */

type Item = Record<string, unknown>;
export interface Words {
  names?: Record<string, string> | undefined;
  values?: Item | undefined;
}

/** True where the condition holds for the item (undefined: no item). */
export function holds(expression: string, item: Item | undefined, words: Words): boolean {
  const tokens = expression.match(/[()]|<=|>=|<>|[=<>,]|[#:\w.]+/g) ?? [];
  let at = 0;
  const take = (wanted?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (wanted && token !== wanted)) throw new Error(`cannot read "${expression}"`);
    return token;
  };
  const operand = (token: string): unknown =>
    token.startsWith(':') ? need(words.values, token) : item?.[nameOf(token, words)];
  const either = (): boolean => {
    let result = both();
    while (tokens[at]?.toUpperCase() === 'OR') {
      at++;
      // Both sides are parsed, whatever the value of the first.
      const other = both();
      result = result || other;
    }
    return result;
  };
  const both = (): boolean => {
    let result = one();
    while (tokens[at]?.toUpperCase() === 'AND') {
      at++;
      const other = one();
      result = result && other;
    }
    return result;
  };
  const one = (): boolean => {
    const token = take();
    if (token === '(') {
      const result = either();
      take(')');
      return result;
    }
    if (token.toUpperCase() === 'NOT') return !one();
    if (tokens[at] === '(') return call(token);
    if (tokens[at]?.toUpperCase() === 'IN') return among(operand(token));
    if (tokens[at]?.toUpperCase() === 'BETWEEN') return between(operand(token));
    return compare(operand(token), take(), operand(take()));
  };
  const between = (value: unknown): boolean => {
    take('BETWEEN');
    const from = operand(take());
    take('AND');
    const until = operand(take());
    return compare(value, '>=', from) && compare(value, '<=', until);
  };
  const among = (value: unknown): boolean => {
    take('IN');
    take('(');
    let result = compare(value, '=', operand(take()));
    while (tokens[at] === ',') {
      take(',');
      const other = compare(value, '=', operand(take()));
      result = result || other;
    }
    take(')');
    return result;
  };
  const call = (name: string): boolean => {
    take('(');
    const path = take();
    if (name === 'begins_with') {
      take(',');
      const prefix = operand(take());
      take(')');
      return String(operand(path) ?? '').startsWith(String(prefix));
    }
    take(')');
    const is = item?.[nameOf(path, words)] !== undefined;
    if (name === 'attribute_exists') return is;
    if (name === 'attribute_not_exists') return !is;
    throw new Error(`no function ${name}`);
  };
  const result = either();
  if (at !== tokens.length) throw new Error(`cannot read "${expression}"`);
  return result;
}

/** The item after `SET a = :b, c = :d REMOVE e, f`. */
export function changed(expression: string, item: Item, words: Words): Item {
  const next = { ...item };
  for (const [, verb, body] of expression.matchAll(/\b(SET|REMOVE)\s+(.*?)(?=\s+(?:SET|REMOVE)\b|$)/g))
    for (const part of body!.split(',').map((text) => text.trim())) {
      const [, path, value] = /^([#\w.]+)(?:\s*=\s*(:\w+))?$/.exec(part) ?? [];
      if (!path || (verb === 'SET') !== Boolean(value)) throw new Error(`cannot read "${expression}"`);
      if (verb === 'SET') next[nameOf(path, words)] = need(words.values, value!);
      else delete next[nameOf(path, words)];
    }
  return next;
}

/** An item without the attribute, or of another type, satisfies no comparison but `<>`. */
function compare(a: unknown, sign: string, b: unknown): boolean {
  if (sign === '<>') return a !== b;
  if (typeof a !== typeof b || a === undefined) return false;
  const [x, y] = [a as string, b as string];
  if (sign === '=') return x === y;
  if (sign === '<') return x < y;
  if (sign === '<=') return x <= y;
  if (sign === '>') return x > y;
  if (sign === '>=') return x >= y;
  throw new Error(`no comparison ${sign}`);
}

const nameOf = (token: string, { names }: Words): string =>
  token.startsWith('#') ? String(need(names, token)) : token;

function need(all: Item | undefined, key: string): unknown {
  if (!all || !(key in all)) throw new Error(`${key} is not defined`);
  return all[key];
}
