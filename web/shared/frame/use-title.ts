import { useEffect } from 'react';

/** The title of the window: of the screen, then of the product. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} | 受付`;
  }, [title]);
}
