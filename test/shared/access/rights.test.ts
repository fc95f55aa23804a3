import { describe, expect, it } from 'vitest';
import {
  lettersReadBy,
  mayChangePacket,
  mayReadPacket,
  mayReadUpload,
  mayUseRecordsOf,
  ownerOf,
  type PapersNamed,
  type Reader,
  readsWhole,
  senderOf,
  standingOf,
} from '../../../shared/access/rights.ts';
import {
  listKey,
  OPERATOR,
  type Sender,
  senderKey,
  senderOfKey,
  UNKNOWN_SENDER,
} from '../../../shared/access/sender.ts';

const A = '0870100013';
const B = '0870100021';
const CENTER = '0800100018';
const papers = (office_number: string | null, more: Partial<PapersNamed> = {}): PapersNamed => ({
  office_number,
  city: 'mito',
  area: 'area-1',
  center_number: CENTER,
  ...more,
});
const office = (number: string): Sender => ({ kind: 'office', office: number });
const hokatsu = (areas: string[], forOffice: string | null = null): Sender => ({
  kind: 'hokatsu',
  office: forOffice,
  city: 'mito',
  areas,
});
const city = (key: string): Sender => ({ kind: 'city', office: null, city: key });
const operatorFor = (number: string): Sender => ({ kind: 'operator', office: number });

describe('papers', () => {
  it.each<[string, Sender, PapersNamed, string, string]>([
    ['an office sends its own', office(A), papers(A), 'own', A],
    ['an office sends papers that name no office', office(A), papers(null), 'own', A],
    ['an office sends papers of another', office(A), papers(B), 'contested', A],
    ['the center in charge sends papers of an office', office(CENTER), papers(B), 'on_behalf', B],
    [
      'a center that is not in charge sends them',
      office(CENTER),
      papers(B, { center_number: '0800100026' }),
      'contested',
      CENTER,
    ],
    ['the operator sends for no office', OPERATOR, papers(B), 'on_behalf', B],
    ['the operator sends papers that name no office', OPERATOR, papers(null), 'on_behalf', '_unknown'],
    ['the operator sends for an office its papers', operatorFor(B), papers(B), 'own', B],
    ['the operator sends for an office papers of another', operatorFor(A), papers(B), 'contested', A],
    ['the 包括 in charge sends', hokatsu(['area-1']), papers(B), 'on_behalf', B],
    ['the 包括 of another area sends', hokatsu(['area-2']), papers(B), 'contested', 'hokatsu-mito-area-2'],
    [
      'the 包括 names itself for a person who lives in the area of another',
      hokatsu(['area-1']),
      papers(B, { home_area: 'area-2' }),
      'contested',
      'hokatsu-mito-area-1',
    ],
    [
      'a center names itself for such a person',
      office(CENTER),
      papers(B, { home_area: 'area-2' }),
      'contested',
      CENTER,
    ],
    [
      'the 包括 of both areas sends',
      hokatsu(['area-1', 'area-2']),
      papers(B, { home_area: 'area-2' }),
      'on_behalf',
      B,
    ],
    ['the city sends for such a person', city('mito'), papers(B, { home_area: 'area-2' }), 'on_behalf', B],
    [
      'a 包括 sends papers without an area',
      hokatsu(['area-1']),
      papers(B, { area: null }),
      'contested',
      'hokatsu-mito-area-1',
    ],
    [
      'the 包括 names another office than the papers',
      hokatsu(['area-1'], A),
      papers(B),
      'contested',
      `hokatsu-mito-area-1-for-${A}`,
    ],
    ['the city sends', city('mito'), papers(B), 'on_behalf', B],
    ['another city sends', city('iwaki'), papers(B), 'contested', 'city-iwaki'],
    ['no one signed in', UNKNOWN_SENDER, papers(B), 'unsigned', `unsigned-${B}`],
    ['no one signed in and no office is named', UNKNOWN_SENDER, papers(null), 'unsigned', 'unsigned-'],
    ['the number is no office number', OPERATOR, papers('見本 花子'), 'on_behalf', '_unknown'],
    ['a letter O is written for a zero', OPERATOR, papers('O870100013'), 'on_behalf', '_unknown'],
    ['a letter is written for a later digit', OPERATOR, papers('08701000I3'), 'on_behalf', '_unknown'],
    ['the third digit is a letter', OPERATOR, papers('08A0100013'), 'on_behalf', '08A0100013'],
  ])('belong to their owner where %s', (_, sender, named, standing, owner) => {
    expect(standingOf(sender, named)).toBe(standing);
    expect(ownerOf(sender, named)).toBe(owner);
  });

  it('never belong to an office that neither sent them nor was trusted to, whatever they name', () => {
    const outsiders = [office(A), operatorFor(A), hokatsu(['area-2']), city('iwaki'), UNKNOWN_SENDER];
    for (const sender of outsiders)
      for (const named of [B, A.slice(0, 9), `${B}#0001`, '_unknown', `unsigned-${B}`, ''])
        expect(ownerOf(sender, papers(named)), `${sender.kind} ${named}`).not.toBe(B);
  });
});

describe('the records of other owners', () => {
  it('are used for papers of a trusted sender only', () => {
    expect(mayUseRecordsOf(office(A), papers(A), A)).toBe(true);
    expect(mayUseRecordsOf(office(A), papers(A), B)).toBe(false);
    expect(mayUseRecordsOf(office(A), papers(B), B)).toBe(false);
    expect(mayUseRecordsOf(operatorFor(A), papers(A), B)).toBe(false);
    expect(mayUseRecordsOf(hokatsu(['area-2']), papers(A), B)).toBe(false);
    expect(mayUseRecordsOf(hokatsu(['area-1']), papers(A), B)).toBe(true);
    expect(mayUseRecordsOf(OPERATOR, papers(A), B)).toBe(true);
  });
});

const reader = (over: Partial<Reader>): Reader => ({
  roles: [],
  office: null,
  city: null,
  areas: [],
  ...over,
});
const officeReader = (number: string) => reader({ roles: ['office'], office: number });
const hokatsuReader = (...areas: string[]) => reader({ roles: ['hokatsu'], city: 'mito', areas });
const cityReader = (key: string) => reader({ roles: ['city'], city: key });
const operator = reader({ roles: ['operator'] });

describe('a reader', () => {
  const contested = { sender: office(A), owner: A, city: 'mito', area: 'area-1' };
  const byCounter = { sender: hokatsu(['area-1']), owner: B, city: 'mito', area: 'area-1' };

  it('reads the packets it sent and those it owns', () => {
    const may = (who: Reader) => [mayReadPacket(who, contested), mayReadPacket(who, byCounter)];
    expect(may(officeReader(A))).toEqual([true, false]);
    expect(may(officeReader(B))).toEqual([false, true]);
    expect(may(hokatsuReader('area-1'))).toEqual([true, true]);
    expect(may(hokatsuReader('area-2'))).toEqual([false, false]);
    expect(may(cityReader('mito'))).toEqual([true, true]);
    expect(may(cityReader('iwaki'))).toEqual([false, false]);
    expect(may(operator)).toEqual([true, true]);
    expect(may(reader({}))).toEqual([false, false]);
    expect(may(reader({ office: A, city: 'mito', areas: ['area-1'] }))).toEqual([false, false]);
  });

  it('reads the uploads it sent, or that were announced for it', () => {
    const unread = { sender: office(A), owner: A, city: '_unknown', area: '_unresolved' };
    expect(mayReadPacket(officeReader(A), unread)).toBe(true);
    expect(mayReadUpload(officeReader(A), operatorFor(A))).toBe(true);
    expect(mayReadUpload(officeReader(B), office(A))).toBe(false);
    expect(mayReadUpload(hokatsuReader('area-1'), office(A))).toBe(false);
    expect(mayReadUpload(hokatsuReader('area-1'), hokatsu(['area-1']))).toBe(true);
    expect(mayReadUpload(hokatsuReader('area-2'), hokatsu(['area-1']))).toBe(false);
    expect(mayReadUpload(cityReader('mito'), city('mito'))).toBe(true);
    expect(mayReadUpload(cityReader('mito'), hokatsu(['area-1']))).toBe(false);
    expect(mayReadUpload(officeReader(A), UNKNOWN_SENDER)).toBe(false);
    expect(mayReadUpload(operator, UNKNOWN_SENDER)).toBe(true);
  });

  it('shares what a 包括 of several areas sent with those who have them all, and a case with those of its area', () => {
    const sender = hokatsu(['area-2', 'area-1']);
    const may = (who: Reader, area: string) => {
      const packet = { sender, owner: B, city: 'mito', area };
      return [mayReadPacket(who, packet), mayChangePacket(who, packet), mayReadUpload(who, sender)];
    };
    expect(may(hokatsuReader('area-2'), 'area-1')).toEqual([false, false, false]);
    expect(may(hokatsuReader('area-2'), 'area-2')).toEqual([true, true, false]);
    expect(may(hokatsuReader('area-1', 'area-2'), 'area-1')).toEqual([true, true, true]);
    // In charge of another area it sent papers for: no one but who has every area of the sender.
    expect(may(hokatsuReader('area-3'), 'area-3')).toEqual([true, false, false]);
    expect(may(hokatsuReader('area-1', 'area-2'), 'area-3')).toEqual([true, true, true]);
  });

  it('lists the letters to its own office, as the operator those to the one it names', () => {
    expect(lettersReadBy(officeReader(A), B)).toBe(A);
    expect(lettersReadBy(operator, B)).toBe(B);
    expect(lettersReadBy(operator, null)).toBeNull();
    for (const who of [hokatsuReader('area-1'), cityReader('mito'), cityReader('iwaki'), reader({})])
      expect(lettersReadBy(who, B)).toBeNull();
  });

  it('sees the findings about other offices as the 包括, the city or the operator only', () => {
    expect(readsWhole(officeReader(A), contested)).toBe(false);
    expect(readsWhole(hokatsuReader('area-2'), contested)).toBe(false);
    expect(readsWhole(hokatsuReader('area-1'), contested)).toBe(true);
    expect(readsWhole(cityReader('mito'), contested)).toBe(true);
    expect(readsWhole(operator, contested)).toBe(true);
  });

  it('is the sender its sign-in says, whatever office it names', () => {
    expect(senderOf(officeReader(A), B)).toEqual(office(A));
    expect(senderOf(operator, B)).toEqual(operatorFor(B));
    expect(senderOf(hokatsuReader('area-1'), null)).toEqual(hokatsu(['area-1']));
    expect(senderOf(cityReader('mito'), B)).toEqual({ kind: 'city', office: B, city: 'mito' });
    expect(senderOf(reader({ roles: ['office'] }), A)).toBeNull();
    expect(senderOf(reader({}), A)).toBeNull();
  });
});

describe('a sender', () => {
  it('of an object put past the API is the office of its prefix, or unknown', () => {
    expect(senderOfKey(`uploads/${A}/month.zip`)).toEqual(office(A));
    for (const key of ['uploads/R20260612-7K3F9QXT/upload', 'uploads/month.zip', `other/${A}1/a.zip`, ''])
      expect(senderOfKey(key), key).toEqual(UNKNOWN_SENDER);
  });

  it('has a key of its own for the same bytes, and one list', () => {
    const senders = [
      office(A),
      office(B),
      hokatsu(['area-1']),
      hokatsu(['area-1'], A),
      city('mito'),
      OPERATOR,
      UNKNOWN_SENDER,
    ];
    expect(new Set(senders.map(senderKey)).size).toBe(senders.length);
    expect(listKey(hokatsu(['area-1'], A))).toBe('hokatsu-mito-area-1');
    expect([listKey(OPERATOR), listKey(UNKNOWN_SENDER)]).toEqual(['_unknown', '_unknown']);
  });
});
