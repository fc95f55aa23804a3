import { expect, it } from 'vitest';
import { resolver } from '../../host/template.ts';

it('resolves references of the template to the names of this machine', () => {
  const names = new Map([['Inbox', { ref: 'inbox', attributes: { Arn: 'arn:inbox' } }]]);
  const resolve = resolver(names);
  expect(resolve({ Ref: 'Inbox' })).toBe('inbox');
  expect(resolve({ 'Fn::GetAtt': ['Inbox', 'Arn'] })).toBe('arn:inbox');
  expect(resolve({ 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }]] })).toBe('a-000000000000');
  expect(resolve({ Ref: 'Nothing' })).toBe('');
});
