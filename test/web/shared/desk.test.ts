import { expect, test } from 'vitest';
import { type Desk, desksOf } from '../../../web/shared/frame/desk.ts';
import type { SignedInUser } from '../../../web/shared/sign-in/user.ts';

const desk = (role: Desk['role'], readers: Desk['role'][] = []): Desk => ({
  ...{ role, readers, path: `/${role}`, name: role, navigation: [], routes: [] },
});
const DESKS = [desk('office'), desk('hokatsu', ['city']), desk('city'), desk('operator')];
const rolesSeen = (...roles: Desk['role'][]) =>
  desksOf({ roles } as SignedInUser, DESKS).map(({ role }) => role);

test('gives each role its own desk first, a city those of its 圏域, and an operator all', () => {
  expect(rolesSeen('office')).toEqual(['office']);
  expect(rolesSeen('hokatsu')).toEqual(['hokatsu']);
  expect(rolesSeen('city')).toEqual(['city', 'hokatsu']);
  expect(rolesSeen('operator')).toEqual(['office', 'hokatsu', 'city', 'operator']);
});
