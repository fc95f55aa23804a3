/** A key of a JSON text with its place. */
export interface JsonKey {
  /** the keys down to this one; elements of arrays count as their array */
  path: string[];
  /** line in the text, from 1 */
  line: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:\n]/g;

/** Every key of a valid JSON text in its order, one that occurs twice twice: the parsed value keeps the last alone. */
export function jsonKeys(text: string): JsonKey[] {
  const keys: JsonKey[] = [];
  const path: string[] = [];
  const objects: boolean[] = [];
  let line = 1;
  let last: { text: string; line: number } | null = null;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '\n') line++;
    else if (token === '{' || token === '[') objects.push(token === '{');
    else if (token === '}' || token === ']') {
      if (objects.pop()) path.length = Math.min(path.length, depthOf(objects));
    } else if (token === ':' && last) {
      path.length = depthOf(objects) - 1;
      path.push(JSON.parse(last.text) as string);
      keys.push({ path: [...path], line: last.line });
    } else if (token.startsWith('"')) last = { text: token, line };
  }
  return keys;
}

const depthOf = (objects: boolean[]): number => objects.filter(Boolean).length;
