import type { ReactNode } from 'react';
import { DeskError } from '../api/desk-error.ts';
import { Button } from './button.tsx';

/** While a part is loaded. Announced to screen readers. */
export function Loading({ what = '読み込んでいます…' }: { what?: string }) {
  return (
    <p className="loading" role="status">
      {what}
    </p>
  );
}

/** A list without entries says so, and what to do. */
export function Empty({ children }: { children: ReactNode }) {
  return <div className="empty">{children}</div>;
}

const messageOf = (error: unknown): string =>
  error instanceof DeskError
    ? error.message
    : '画面の表示に失敗しました。もう一度お試しください。続くときは受付の担当者に伝えてください。';

/** Why something failed, with a button that tries again. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div className="failed" role="alert">
      <p>{messageOf(error)}</p>
      {onRetry && <Button onPress={onRetry}>もう一度試す</Button>}
    </div>
  );
}
