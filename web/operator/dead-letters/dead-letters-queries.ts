import { queryOptions } from '@tanstack/react-query';
import { answer, operateApi } from '../../shared/api/api.ts';

const of = operateApi.operations['dead-letters'];
const deadLetters = () => answer(of.$get());
export type DeadLetter = Awaited<ReturnType<typeof deadLetters>>['letters'][number];

export const deadLettersQuery = queryOptions({ queryKey: ['dead-letters'], queryFn: deadLetters });

/** `all`, a stage, or the number of one message. */
export const redrive = (target: string) => answer(of.redrive.$post({ json: { target } }));
