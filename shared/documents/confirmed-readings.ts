import type { ReadDocument, Reading } from './document.ts';

/** What a reviewer saw on a picture: the value the desk read, and the one that is written there. */
export interface ConfirmedReading {
  field: string;
  /** the value as it was read, in the words of `readText`; `ANY`: every value of the field is as it was read */
  read: string;
  value: string;
}

/** Every value of a field was read rightly. */
export const ANY = '*';

/** What reviewers saw in a file, by the sha256 of its bytes; the last one counts. */
export type ConfirmedReadings = (digest: string) => Promise<ConfirmedReading[]>;

/** Readings of pictures that a reviewer looked at are certain, and corrected where they were wrong. */
export async function withConfirmed(
  documents: ReadDocument[],
  confirmedOf: ConfirmedReadings | undefined,
): Promise<ReadDocument[]> {
  if (!confirmedOf) return documents;
  return Promise.all(
    documents.map(async (document) => {
      if (!document.readings.some(({ uncertain }) => uncertain)) return document;
      const confirmed = await confirmedOf(document.digest);
      return confirmed.length === 0
        ? document
        : { ...document, readings: document.readings.map((reading) => confirm(reading, confirmed)) };
    }),
  );
}

function confirm(reading: Reading, confirmed: ConfirmedReading[]): Reading {
  const { field, value, uncertain } = reading;
  if (!uncertain) return reading;
  const text = readText(value);
  const found = confirmed.findLast((one) => one.field === field && (one.read === ANY || one.read === text));
  if (!found) return reading;
  const isSame = found.read === ANY || found.value === text;
  const seen = isSame ? value : sameKind(value, found.value);
  return seen === null ? reading : { ...reading, uncertain: false, value: seen };
}

/** A corrected value of the kind the reader gives; null: a value of several parts is not corrected. */
function sameKind(value: Reading['value'], text: string): Reading['value'] | null {
  if (typeof value === 'object') return null;
  if (typeof value === 'boolean') return text === YES;
  return typeof value === 'number' ? Number(text) : text;
}

const YES = 'はい';

/** A value as a reviewer reads it. */
export function readText(value: Reading['value']): string {
  if (typeof value === 'boolean') return value ? YES : 'いいえ';
  if (Array.isArray(value)) return value.join('、');
  return typeof value === 'object' ? [value.name, value.code].filter(Boolean).join(' ') : String(value);
}
