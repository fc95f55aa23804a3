import { expect, test } from 'vitest';
import { drawFrom, poolOf } from '../../../../shared/records/steps/draw-sample.ts';
import { rosterIn } from '../../../../shared/records/views/roster.ts';
import { aCase } from '../../../builders/a-case.ts';

const POOL = Array.from({ length: 40 }, (_, i) => `packet-${i}`);

test('draws the same sample from the same seed, in whatever order the cases come', () => {
  const drawn = drawFrom(POOL, 'seed', 5);
  expect(drawn).toHaveLength(5);
  expect(drawFrom(POOL.toReversed(), 'seed', 5)).toEqual(drawn);
  expect(drawFrom(POOL, 'another', 5)).not.toEqual(drawn);
  expect(drawFrom(POOL, 'seed', 99)).toHaveLength(40);
});

test('draws for a second look from reviews that were ended, else from everyone with papers of the category', () => {
  const closed = { at: '2024-07-03T00:00:00.000Z', decision: 'confirmed' as const };
  const people = rosterIn(
    '2024-06',
    [
      aCase({ person: 'mito#p1', review_closed: closed }),
      aCase({ person: 'mito#p2', category: 'yobo_cm_center' }),
      aCase({ person: 'mito#p3', month: '2024-05', review_closed: closed }),
    ],
    [],
    '2024-07-10',
  );
  const pool = (purpose: 'conference' | 'second_look', category: string | null = null) =>
    poolOf(people, { purpose, category, month: '2024-06', count: 1 }).map(({ person }) => person);
  expect(pool('conference')).toEqual(['p1', 'p2']);
  expect(pool('conference', 'yobo_cm_center')).toEqual(['p2']);
  expect(pool('second_look')).toEqual(['p1']);
});
