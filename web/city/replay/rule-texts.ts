import { isMap, isSeq, parseDocument } from 'yaml';

/** The text of one entry of a profile, and its position. */
export interface RuleText {
  /** position among the rules */
  at: number;
  id: string;
  summary: string;
  /** without the indentation of the file */
  text: string;
}

interface Place {
  begin: number;
  end: number;
  /** columns before the entry */
  indent: number;
}

/** Every entry of a profile as text, so that one can be edited alone; none where the file is no YAML with rules. */
export function ruleTexts(yaml: string): RuleText[] {
  return places(yaml).map(({ begin, end, indent, id, summary }, at) => ({
    ...{ at, id, summary },
    text: yaml
      .slice(begin, end)
      .replaceAll(`\n${' '.repeat(indent)}`, '\n')
      .trimEnd(),
  }));
}

/** The file with another text of one entry. Everything else stays as it is, comments too. */
export function withRuleText(yaml: string, at: number, text: string): string {
  const place = places(yaml)[at];
  if (!place) return yaml;
  const { begin, end, indent } = place;
  const after = /\s*$/.exec(yaml.slice(begin, end))![0] || '\n';
  const indented = text.trimEnd().replaceAll('\n', `\n${' '.repeat(indent)}`);
  return yaml.slice(0, begin) + indented + after + yaml.slice(end);
}

function places(yaml: string): (Place & { id: string; summary: string })[] {
  const document = parseDocument(yaml, { merge: true });
  const rules = document.get('rules');
  if (document.errors.length > 0 || !isSeq(rules)) return [];
  return rules.items.flatMap((item) => {
    if (!isMap(item) || !item.range) return [];
    const [begin, , end] = item.range;
    // Some entries take what they share with another one from there.
    const merged = item.toJS(document, { maxAliasCount: -1 }) as Record<string, unknown>;
    const textOf = (key: string): string => String(merged[key] ?? '');
    const indent = begin - (yaml.lastIndexOf('\n', begin - 1) + 1);
    return [{ begin, end, indent, id: textOf('id'), summary: textOf('summary') }];
  });
}
