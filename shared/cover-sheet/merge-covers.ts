import { type Finding, fileFinding } from '../findings/finding.ts';
import { coverLabel } from './check-cover.ts';
import { isRecord } from './check-value.ts';

/** What was read of one packet.json. */
interface Read<Cover extends object, Given extends object> {
  files: string[];
  cover: Cover;
  given: Given;
  findings: Finding[];
}

/** One cover of several: a value of an earlier one counts before those of the later ones, and a difference is named. */
export function mergeCovers<Cover extends object, Given extends object>(
  first: Read<Cover, Given>,
  others: Read<Cover, Given>[],
): Read<Cover, Given> {
  return others.reduce((all, next) => {
    const [file] = next.files;
    const named = file
      ? differences(all.cover, next.cover).map((key) => twoCovers(key, all.files, file))
      : [];
    return {
      files: [...all.files, ...next.files],
      cover: joined(all.cover, next.cover),
      given: joined(all.given, next.given),
      findings: [...all.findings, ...next.findings, ...named],
    };
  }, first);
}

/** Members of a group (`dates`, `flags`) are facts of their own. */
function joined<T extends object>(first: T, second: T): T {
  const all: Record<string, unknown> = Object.fromEntries(Object.entries(second));
  for (const [key, value] of Object.entries(first)) {
    if (value === null || value === undefined) continue;
    const other = all[key];
    all[key] = isRecord(value) && isRecord(other) ? { ...other, ...value } : value;
  }
  return all as T;
}

/** Paths of the items that both have with different values. */
function differences(first: object, second: object, above = ''): string[] {
  const others: Record<string, unknown> = Object.fromEntries(Object.entries(second));
  return Object.entries(first).flatMap(([key, value]) => {
    const other = others[key];
    if (value === null || value === undefined || other === null || other === undefined) return [];
    if (isRecord(value) && isRecord(other)) return differences(value, other, `${above}${key}.`);
    return JSON.stringify(value) === JSON.stringify(other) ? [] : [`${above}${key}`];
  });
}

const twoCovers = (key: string, used: string[], file: string): Finding =>
  fileFinding(
    'F_FACT_CONFLICT',
    'review',
    { file },
    `送付票が複数あり、「${coverLabel(key)}」の値が違います（「${used.join('」「')}」と「${file}」）。内側のフォルダーの送付票の値で審査しました。`,
    'どちらの送付票が正しいか確かめ、この書類の送付票だけを残してください。',
  );
