import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failed, Loading } from './states.tsx';

interface Props<Data> {
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
}

/** What a query gives: loading, the failure with a retry, or its data. Older data stay visible while a refresh fails. */
export function Loaded<Data>({ query, children }: Props<Data>) {
  const retry = () => void query.refetch();
  if (query.data === undefined)
    return query.error ? <Failed error={query.error} onRetry={retry} /> : <Loading />;
  return (
    <>
      {query.error && <Failed error={query.error} onRetry={retry} />}
      {children(query.data)}
    </>
  );
}
