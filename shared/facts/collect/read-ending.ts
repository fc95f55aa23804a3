import { lastDayOf } from '../../calendar/days.ts';
import type { Reading } from '../../documents/document.ts';
import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { FactSources } from './fact-sources.ts';

/** Final: they count for every later month as well. */
const FOR_GOOD = new Set(['death']);

/**
 * How the month ended by the records, the latest entry of the month; and why nothing was used. An entry of another month
 * belongs to that month, but for a death.
 */
export function readEnding({ readings, identity }: Pick<FactSources, 'readings' | 'identity'>): Found {
  const month = identity.month.value;
  const ended = readings.of('ended_entry').map(endingOf);
  const ofMonth = ended.filter(
    ({ day, reason }) =>
      !day || !month || day.startsWith(month) || (FOR_GOOD.has(reason) && day <= lastDayOf(month)),
  );
  const last = ofMonth.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b))).at(-1);
  const same = last ? ofMonth.filter(({ reason }) => reason === last.reason) : [];
  const dated = same.filter(({ day }) => day === last?.day);
  const reasons = readings.of('no_use_reason');
  return found([
    readFact(
      'flags.ended_by',
      same.map(({ reading }) => reading),
      last?.reason,
    ),
    last?.day
      ? readFact(
          'dates.ended',
          dated.map(({ reading }) => reading),
          last.day,
        )
      : undefined,
    readFact(
      'flags.no_use_reason',
      reasons,
      [...new Set(reasons.map(({ value }) => String(value)))].sort().join('・'),
    ),
  ]);
}

interface Ending {
  reading: Reading;
  /** ISO; undefined where only the reason is written */
  day: string | undefined;
  reason: string;
}

function endingOf(reading: Reading): Ending {
  const [reason = '', day] = String(reading.value).split(' ').reverse();
  return { reading, day, reason };
}

const keyOf = ({ day = '', reason }: Ending): string => `${day} ${reason}`;
