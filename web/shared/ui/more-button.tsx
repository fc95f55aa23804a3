import { Button } from './button.tsx';

interface Props {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** The next page of a list; nothing where the list is complete. */
export function MoreButton({ query }: Props) {
  if (!query.hasNextPage) return null;
  return (
    <p>
      <Button isDisabled={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
        {query.isFetchingNextPage ? '読み込んでいます…' : '続きを表示する'}
      </Button>
    </p>
  );
}
