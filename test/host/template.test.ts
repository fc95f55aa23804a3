import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { readTemplate, resolver, resourcesOf } from '../../host/template.ts';

it('resolves references of the template to the names of this machine', () => {
  const names = new Map([['Inbox', { ref: 'inbox', attributes: { Arn: 'arn:inbox' } }]]);
  const resolve = resolver(names);
  expect(resolve({ Ref: 'Inbox' })).toBe('inbox');
  expect(resolve({ 'Fn::GetAtt': ['Inbox', 'Arn'] })).toBe('arn:inbox');
  expect(resolve({ 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }]] })).toBe('a-000000000000');
  expect(resolve({ Ref: 'Nothing' })).toBe('');
});

it('leaves nothing of the CDK in the process that reads the template', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'template-'));
  vi.stubEnv('UKETSUKE_TEMPLATES', folder);
  const template = await readTemplate(folder);
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  expect(resourcesOf(template, 'AWS::Lambda::Function').length).toBeGreaterThan(5);
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  expect(loaded.filter((file) => file.includes('aws-cdk-lib'))).toEqual([]);
});
