import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { hc, type InferResponseType } from 'hono/client';
import type { WebPages } from '../../../functions/api/web-pages.ts';
import { DeskError, NO_CONNECTION } from './desk-error.ts';

const pages = hc<WebPages>(globalThis.location?.origin ?? '');

/** How users sign in, and the Japanese names of the keys in answers. */
export type Session = InferResponseType<typeof pages.session.$get>;
export type Words = Session['words'];

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: fetchSession,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Asked once; open to everyone. */
export async function fetchSession(): Promise<Session> {
  const response = await pages.session.$get().catch(() => {
    throw new DeskError(NO_CONNECTION, 0);
  });
  return response.json();
}

/** The names that screen, letter and terminal share. */
export const useWords = (): Words => useSuspenseQuery(sessionQuery).data.words;
