import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { I18nProvider } from 'react-aria-components';
import { createHashRouter, Navigate, RouterProvider } from 'react-router';
import { city } from './city/routes.tsx';
import { hokatsu } from './hokatsu/routes.tsx';
import { office } from './office/routes.tsx';
import { operator } from './operator/routes.tsx';
import { DeskError } from './shared/api/desk-error.ts';
import { type Desk, desksOf } from './shared/frame/desk.ts';
import { Frame } from './shared/frame/frame.tsx';
import { NotFound } from './shared/frame/not-found.tsx';
import { ScreenFailed } from './shared/frame/screen-failed.tsx';
import { SignInGate } from './shared/sign-in/sign-in-gate.tsx';
import { useUser } from './shared/sign-in/user.ts';
import { Toasts } from './shared/ui/toasts.tsx';

const DESKS: Desk[] = [office, hokatsu, city, operator];

const queries = new QueryClient({
  defaultOptions: {
    // A refusal of the desk stays one; a lost connection may come back.
    queries: { staleTime: 5_000, retry: (count, error) => !(error instanceof DeskError) && count < 2 },
  },
});

/** Signed in, the desks of the user's roles. */
export function App() {
  return (
    <I18nProvider locale="ja-JP">
      <QueryClientProvider client={queries}>
        <SignInGate>
          <Desks />
        </SignInGate>
        <Toasts />
      </QueryClientProvider>
    </I18nProvider>
  );
}

function Desks() {
  const desks = desksOf(useUser(), DESKS);
  const start = desks[0]?.navigation[0]?.to;
  const router = createHashRouter([
    {
      element: <Frame desks={desks} />,
      children: [
        {
          errorElement: <ScreenFailed />,
          children: [
            ...(start ? [{ path: '/', element: <Navigate to={start} replace /> }] : []),
            ...desks.map(({ path, routes }) => ({ path, children: routes })),
            { path: '*', element: <NotFound hasDesk={Boolean(start)} /> },
          ],
        },
      ],
    },
  ]);
  return <RouterProvider router={router} />;
}
