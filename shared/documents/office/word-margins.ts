import type { OfficeParts } from './office-parts.ts';
import { isTrue } from './word-styles.ts';
import { attribute, child, children, descendants, type Element, parseXml, relations } from './xml.ts';

/**
 * The names of the headers and footers that are printed. A file keeps those that were switched off: of a first page that is
 * like the others, of even pages that are, or of a section that is gone (ECMA-376 17.10).
 */
export function shownMargins(parts: OfficeParts, document: string, body: Element): Set<string> {
  const settings = parts['word/settings.xml'];
  const hasEven = settings !== undefined && isTrue(child(parseXml(settings), 'evenAndOddHeaders'));
  const targets = relations(parts, document);
  return new Set(
    descendants(body, 'sectPr').flatMap((section) => {
      const hasFirst = isTrue(child(section, 'titlePg'));
      return children(section, 'headerReference', 'footerReference').flatMap((reference) => {
        const type = attribute(reference, 'type');
        const isShown = type === 'first' ? hasFirst : type === 'even' ? hasEven : true;
        const part = targets.get(attribute(reference, 'id') ?? '');
        return isShown && part ? [part] : [];
      });
    }),
  );
}
