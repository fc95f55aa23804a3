/**
 * Who sent an upload: known from the sign-in and stored with the announcement, never read from the contents.
 * `office`: the caller's own number, or the office a trusted caller names in the announcement (代行).
 */
export type Sender =
  | { kind: 'office'; office: string }
  | { kind: 'hokatsu'; office: string | null; city: string; areas: string[] }
  | { kind: 'city'; office: string | null; city: string }
  | { kind: 'operator'; office: string | null }
  /** an object that was put into the inbox without an announcement */
  | { kind: 'unknown' };

/** Where there is no sign-in (one machine, a what-if) the operator sends. */
export const OPERATOR: Sender = { kind: 'operator', office: null };
export const UNKNOWN_SENDER: Sender = { kind: 'unknown' };

/** An office number as the national list writes it: ten digits, of which the third may be a capital letter. */
export const OFFICE_NUMBER: RegExp = /^\d{2}[0-9A-Z]\d{7}$/;

/**
 * The sender of an object without an announcement, by its key: `uploads/<office number>/<name>` is that office's, since
 * the right to put below a prefix is given per office. Every other key has no sender.
 */
export function senderOfKey(key: string): Sender {
  const prefix = key.split('/')[1] ?? '';
  return OFFICE_NUMBER.test(prefix) ? { kind: 'office', office: prefix } : UNKNOWN_SENDER;
}

/** The office an upload was sent by, or announced on behalf of; null: none. */
export const officeOf = (sender: Sender): string | null => (sender.kind === 'unknown' ? null : sender.office);

/** Where no office is known. */
export const NO_OFFICE = '_unknown';

/** Whose list an upload is in, and under which key its receipt is stored. */
export function listKey(sender: Sender): string {
  switch (sender.kind) {
    case 'office':
      return sender.office;
    case 'hokatsu':
      return `hokatsu-${sender.city}-${sender.areas[0] ?? ''}`;
    case 'city':
      return `city-${sender.city}`;
    case 'operator':
      return sender.office ?? NO_OFFICE;
    case 'unknown':
      return NO_OFFICE;
  }
}

/** Of a sender of several areas these, for its lines: all are in the list of the first. */
export const listedAreas = (sender: Sender): { sender_areas?: string[] } =>
  sender.kind === 'hokatsu' && sender.areas.length > 1 ? { sender_areas: sender.areas } : {};

/** Whether two uploads have one sender, whichever office a 包括 or a city named in them. */
export function isSameSender(a: Sender, b: Sender): boolean {
  if (a.kind === 'hokatsu' && b.kind === 'hokatsu')
    return a.city === b.city && a.areas.toSorted().join() === b.areas.toSorted().join();
  if (a.kind === 'city' && b.kind === 'city') return a.city === b.city;
  return senderKey(a) === senderKey(b);
}

/** One key per sender: the same bytes again are the same upload only where the same sender sends them. */
export function senderKey(sender: Sender): string {
  if (sender.kind === 'unknown') return 'unsigned';
  const isForAnother = sender.kind === 'hokatsu' || sender.kind === 'city';
  return listKey(sender) + (isForAnother && sender.office ? `-for-${sender.office}` : '');
}
