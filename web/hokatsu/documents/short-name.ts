import { eraText } from '../../../shared/calendar/wareki.ts';
import { fileText } from '../../../shared/findings/place-text.ts';

/** The name of a file without its folders; of a file of the standard its type, which a clerk knows it by. */
export function shortName(path: string): string {
  const name = fileText(path.slice(path.lastIndexOf('/') + 1));
  const [, type] = /^((?:UP|DLT)[A-Z0-9]+(?:_SUB\d?|_IMAGE)?)_\d{6}.*\.(?:csv|jpe?g)$/i.exec(name) ?? [];
  return type ?? name;
}

/** A date or a month of a fact as people read it; another value as it is. */
export const shownText = (value: string): string =>
  /^\d{4}-\d{2}(-\d{2})?$/.test(value) ? eraText(value) : value;
