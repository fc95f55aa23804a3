import { expect, it } from 'vitest';
import { judgeEntry, VIOLATION } from '../../../builders/judge-entries.ts';

const violation = { ...VIOLATION, message: '{declared}→{category}' };
const entry = { template: 'category', becomes: 'yobo_cm', violation };

it('is violated by a plan that declares another kind', () => {
  const result = judgeEntry(entry, { category_kind: 'yobo_cm', declared_kind: 'yobo_shien' });
  expect(result.findings[0]!.message).toBe('介護予防支援→介護予防ケアマネジメント');
});

it('is satisfied by a plan that declares the same kind, or none', () => {
  expect(judgeEntry(entry, { category_kind: 'yobo_cm', declared_kind: 'yobo_cm' }).status).toBe('satisfied');
  expect(judgeEntry(entry, { category_kind: 'yobo_cm' }).status).toBe('satisfied');
});

it('judges only months of its own kind', () => {
  const given = { category_kind: 'yobo_shien', declared_kind: 'yobo_cm' };
  expect(judgeEntry(entry, given).status).toBe('satisfied');
});

it('accepts a plan that a 届出 already moves to the other kind', () => {
  const given = { category_kind: 'yobo_cm', declared_kind: 'yobo_shien', is_switch: true };
  expect(judgeEntry(entry, { ...given, notification: { kind: '変更' } }).status).toBe('satisfied');
  expect(judgeEntry(entry, given).status).toBe('violated');
});

it('is violated by a route that cannot lead to the category it names', () => {
  const center = { template: 'category', category: 'yobo_cm_center', violation };
  const given = { category: 'yobo_cm_center', category_kind: 'yobo_cm' } as const;
  expect(judgeEntry(center, { ...given, provider_route: 'direct' }).status).toBe('violated');
  expect(judgeEntry(center, { ...given, provider_route: 'center' }).status).toBe('satisfied');
});
