import { expect, it } from 'vitest';
import { judgeEntry } from '../../../builders/judge-entries.ts';

const entry = { template: 'human', when: { event: ['new'] }, checklist: '五つの視点で見たか' };

it('asks a person where it applies, and also where that is unknown', () => {
  for (const given of [{ event: 'new' }, {}]) {
    const { status, contributes } = judgeEntry(entry, given);
    expect([status, contributes.checklist?.[0]?.question]).toEqual(['checklist', '五つの視点で見たか']);
  }
});

it('asks nothing where it does not apply', () => {
  const { status, contributes } = judgeEntry(entry, { event: 'claim' });
  expect([status, contributes]).toEqual(['not_applicable', {}]);
});

it('fills in what the city has settled', () => {
  const configuration = { additions: { value: ['甲', '乙'], summary: '加えること', place: '第2条' } };
  const asked = judgeEntry(
    { ...entry, checklist: '{additions}を見たか' },
    { event: 'new' },
    { configuration },
  );
  expect(asked.contributes.checklist?.[0]?.question).toBe('甲、乙を見たか');
});

it('asks one by one what is answered one by one', () => {
  const { contributes } = judgeEntry(
    { ...entry, checklist: ['課題が明確か', '目標が具体的か'] },
    { event: 'new' },
  );
  expect(contributes.checklist?.map(({ question }) => question)).toEqual(['課題が明確か', '目標が具体的か']);
});
