import { eraText } from '../../../shared/calendar/wareki.ts';

/** A date or a month of a fact as people read it; another value as it is. */
export const shownText = (value: string): string =>
  /^\d{4}-\d{2}(-\d{2})?$/.test(value) ? eraText(value) : value;
