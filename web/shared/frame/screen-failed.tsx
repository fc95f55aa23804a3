import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useNavigate, useRouteError } from 'react-router';
import { Failed } from '../ui/states.tsx';
import { Screen } from './screen.tsx';

/** In place of a screen that could not be shown. */
export function ScreenFailed() {
  const error = useRouteError();
  const navigate = useNavigate();
  const { reset } = useQueryErrorResetBoundary();
  const retry = () => {
    reset();
    void navigate('.', { replace: true });
  };
  return (
    <Screen title="表示できませんでした">
      <Failed error={error} onRetry={retry} />
    </Screen>
  );
}
