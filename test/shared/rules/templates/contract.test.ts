import { expect, it } from 'vitest';
import { judgeEntry, VIOLATION } from '../../../builders/judge-entries.ts';

const entry = {
  template: 'contract',
  parties: ['riyosha', 'kyotaku_office'],
  check: ['riyosha', 'kyotaku_office'],
  new_contract: false,
  violation: VIOLATION,
};

it('is satisfied by a contract between the parties, with or without other parties', () => {
  const contracts = [['riyosha', 'kyotaku_office', 'hokatsu_center']];
  expect(judgeEntry(entry, { contracts })).toMatchObject({
    status: 'satisfied',
    contributes: { contract: { isShown: true, isNewRequired: false } },
  });
});

it('is violated where another contract was shown', () => {
  expect(judgeEntry(entry, { contracts: [['riyosha', 'hokatsu_center']] }).status).toBe('violated');
});

it('cannot tell where no contract was shown', () => {
  expect(judgeEntry(entry, {})).toMatchObject({ status: 'cannot_tell', needs: ['contracts'] });
});

it('takes a commission from the registry', () => {
  const commission = { ...entry, check: ['hokatsu_center', 'kyotaku_office'] };
  expect(judgeEntry(commission, { office_commissioned: true }).status).toBe('satisfied');
  expect(judgeEntry(commission, { office_commissioned: false }).status).toBe('violated');
});

it('checks nothing where it names no parties to check', () => {
  const { check, ...unchecked } = entry;
  expect(judgeEntry(unchecked, {}).status).toBe('satisfied');
});
