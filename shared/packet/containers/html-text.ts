/**
 * The text of a mail in HTML: a blank for each tag, and for each style or script with what is in it. The mail is passed once,
 * however many of its tags are not closed: a pattern would look to its end for each of them.
 */
export function htmlText(html: string): string {
  const endOfHidden = ends(html, /<\/(?:style|script)>/gi);
  const endOfTag = ends(html, />/g);
  const parts: string[] = [];
  let at = 0;
  for (let from = html.indexOf('<'); from >= 0; from = html.indexOf('<', at)) {
    const end = (isHidden(html, from) ? endOfHidden(from) : null) ?? endOfTag(from);
    if (end === null) break;
    parts.push(html.slice(at, from));
    at = end;
  }
  parts.push(html.slice(at));
  return parts.join(' ');
}

const isHidden = (html: string, from: number): boolean =>
  /^<(?:style|script)/i.test(html.slice(from, from + '<script'.length));

/** Where the next match at or after a place ends, of places that only go forward; null: there is no further one. */
function ends(text: string, pattern: RegExp): (from: number) => number | null {
  let found: { index: number; end: number } | null = { index: -1, end: 0 };
  return (from) => {
    if (found && found.index < from) {
      pattern.lastIndex = from;
      const match = pattern.exec(text);
      found = match && { index: match.index, end: pattern.lastIndex };
    }
    return found?.end ?? null;
  };
}
