import { describe, expect, it } from 'vitest';
import { decideCase } from '../../shared/decision/decide-case.ts';
import { compareCase } from './compare-case.ts';
import { readWorkedCases } from './worked-case.ts';

describe.each(readWorkedCases())('cases of $name', ({ city, cases }) => {
  it.each(cases.map((worked) => [`${worked.id} ${worked.title}`, worked] as const))(
    'decides %s',
    (_, worked) => {
      expect(compareCase(decideCase({ ...worked, city }), worked.expect, city)).toEqual([]);
    },
  );
});
