import { useEffect, useRef } from 'react';
import { Button } from './button.tsx';
import { whenShown } from './when-shown.ts';

interface Props {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** The next page of the list before it, whose first row then takes the focus; nothing where the list is complete. */
export function MoreButton({ query }: Props) {
  const place = useRef<HTMLParagraphElement>(null);
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), []);
  if (!query.hasNextPage) return null;
  const showMore = () => {
    const button = place.current;
    const list = listBefore(button);
    const shown = rowsOf(list).length;
    stop.current();
    stop.current = whenShown(
      () => rowsOf(list)[shown],
      (row) => {
        const { activeElement } = document;
        const hasGoneOn = activeElement !== document.body && !button?.contains(activeElement);
        if (!hasGoneOn) focusOn(row);
      },
    );
    void query.fetchNextPage();
  };
  return (
    <p ref={place}>
      <Button isPending={query.isFetchingNextPage} onPress={showMore}>
        {query.isFetchingNextPage ? '読み込んでいます…' : '続きを表示する'}
      </Button>
    </p>
  );
}

/** A table is followed by an element that keeps its focus. */
function listBefore(place: Element | null): Element | null {
  let before = place?.previousElementSibling ?? null;
  while (before && !before.matches('table, ol, ul')) before = before.previousElementSibling;
  return before;
}

const rowsOf = (list: Element | null): HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>(':scope > tbody > tr, :scope > li') ?? []),
];

/** Without it the focus would be lost with the button, or stay below what is new. */
function focusOn(row: HTMLElement): void {
  if (!row.hasAttribute('tabindex')) row.tabIndex = -1;
  row.focus();
}
