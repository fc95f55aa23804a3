import { expect, it } from 'vitest';
import type { Given } from '../../../../shared/cover-sheet/given-facts.ts';
import { judgeEntry, VIOLATION } from '../../../builders/judge-entries.ts';

const codes = [
  'F_TODOKE_MISSING',
  'F_TODOKE_KIND',
  'F_TODOKE_DEST',
  'F_TODOKE_BODY',
  'F_SIGNATURE',
  'F_DOC_MISSING',
];
const entry = {
  template: 'notification',
  form: ['届出書'],
  addressee: 'city',
  kind: '変更',
  responsible: 'kyotaku_office',
  attachments: ['hihokenshasho'],
  signed: true,
  violation: codes.map((code) => ({ ...VIOLATION, code, message: '{to}・{written}' })),
};
const right = {
  to: 'city',
  kind: '変更',
  responsible: 'kyotaku_office',
  attachments: ['hihokenshasho'],
  signed: true,
};
const found = (notification?: Given['notification']): string[] =>
  judgeEntry(entry, notification ? { notification } : {}).findings.map((f) => f.code);

it('is satisfied by a 届出 that says all it must', () => {
  expect(found(right)).toEqual([]);
});

it('finds that none was sent, and nothing more', () => {
  expect(found()).toEqual(['F_TODOKE_MISSING']);
});

it.each([
  [{ kind: '新規' }, 'F_TODOKE_KIND'],
  [{ to: 'hokatsu_center' }, 'F_TODOKE_DEST'],
  [{ responsible: 'hokatsu_center' }, 'F_TODOKE_BODY'],
  [{ signed: false }, 'F_SIGNATURE'],
  [{ attachments: [] }, 'F_DOC_MISSING'],
])('finds what is wrong: %j', (wrong, code) => {
  expect(found({ ...right, ...wrong })).toEqual([code]);
});

it('names the body as the city prints it', () => {
  const given = { notification: { ...right, to: 'hokatsu_center' } };
  const names = { city: '区', hokatsu_center: '包括' };
  const { findings, contributes } = judgeEntry(entry, given, { names });
  expect([findings[0]!.message, contributes.notification?.to]).toEqual(['区・包括', '区']);
});

it('is due without a finding where the source does not give its details', () => {
  const { status, contributes } = judgeEntry({ ...entry, enforce: false }, {});
  expect([status, contributes.notification?.form]).toEqual(['satisfied', '届出書']);
});

const titled = {
  ...entry,
  other_form: { ...VIOLATION, code: 'F_TODOKE_MISSING', message: '{form}ではない' },
};
const todoke = {
  ...titled,
  form: ['居宅サービス計画・介護予防サービス計画作成依頼（変更）届', '介護予防届'],
};

it.each([
  '居宅サービス計画・介護予防サービス計画作成依頼(変更)届出書',
  '見本市居宅サービス計画・介護予防サービス計画作成依頼届',
  '介護予防届出書',
])('accepts another print of a title it names: %s', (form) => {
  expect(judgeEntry(todoke, { notification: { ...right, form } }).findings).toEqual([]);
});

it.each(['居宅サービス計画作成依頼（変更）届出書', '介護予防ケアマネジメント依頼届出書'])(
  'finds that a 届出 of another title was sent, and nothing else of it: %s',
  (form) => {
    const { findings } = judgeEntry(todoke, { notification: { ...right, kind: '新規', form } });
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      ['F_TODOKE_MISSING', `${form}ではない`],
    ]);
  },
);

it('does not check a title that no source shows', () => {
  expect(judgeEntry(todoke, { notification: right }).findings).toEqual([]);
});

it('judges the one of several 届出 that fits best, with what only the cover says', () => {
  const { attachments, ...unattached } = right;
  const wrong = { ...unattached, to: 'hokatsu_center', kind: '新規' };
  const of = (notifications: Given['notifications'], notification?: Given['notification']) =>
    judgeEntry(entry, { notifications, notification }).findings.map((f) => f.code);
  expect(of([wrong, right])).toEqual([]);
  expect(of([wrong, { ...right, kind: '新規' }])).toEqual(['F_TODOKE_KIND']);
  expect(of([unattached, wrong])).toEqual(['F_DOC_MISSING']);
  expect(of([unattached, wrong], { attachments })).toEqual([]);
});
