import { useSuspenseQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { sessionQuery } from '../api/session.ts';
import { ErrorBoundary } from '../frame/error-boundary.tsx';
import { Loading } from '../ui/states.tsx';
import { SignedOutPage } from './signed-out-page.tsx';
import { type SignedOut, signIn, whenSignInEnds } from './token.ts';
import { type SignedInUser, UserContext, userOf } from './user.ts';

/** Shows its children to a signed-in user only. */
export function SignInGate({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary>
      <Suspense fallback={<Loading />}>
        <Gate>{children}</Gate>
      </Suspense>
    </ErrorBoundary>
  );
}

/** One sign-in for the page, however often React mounts the gate: a code is good once. */
let signingIn: ReturnType<typeof signIn> | undefined;

function Gate({ children }: { children: ReactNode }) {
  useSuspenseQuery(sessionQuery);
  const [user, setUser] = useState<SignedInUser | null>(null);
  const [signedOut, setSignedOut] = useState<SignedOut | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    signingIn ??= signIn();
    signingIn.then(
      (result) => (typeof result === 'string' ? setSignedOut(result) : setUser(userOf(result.profile))),
      setFailure,
    );
    return whenSignInEnds(setSignedOut);
  }, []);
  if (failure) throw failure;
  if (signedOut) return <SignedOutPage why={signedOut} />;
  return user ? <UserContext value={user}>{children}</UserContext> : <Loading />;
}
