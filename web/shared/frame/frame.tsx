import { Suspense, useEffect, useRef } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { signOut } from '../sign-in/token.ts';
import { useUser } from '../sign-in/user.ts';
import { Button } from '../ui/button.tsx';
import { Loading } from '../ui/states.tsx';
import type { Desk } from './desk.ts';

/** Header with navigation by role, and the screen. */
export function Frame({ desks }: { desks: Desk[] }) {
  const main = useRef<HTMLElement>(null);
  useFocusOnScreen(main);
  return (
    <>
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        本文へ
      </button>
      <header className="frame">
        <p className="brand">
          受付 <small>介護予防支援・介護予防ケアマネジメント</small>
        </p>
        <nav aria-label="画面">
          {desks.map((desk) => (
            <DeskLinks key={desk.path} desk={desk} isNamed={desks.length > 1} />
          ))}
        </nav>
        <UserMenu />
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </>
  );
}

function DeskLinks({ desk, isNamed }: { desk: Desk; isNamed: boolean }) {
  return (
    <ul aria-label={desk.name}>
      {isNamed && (
        <li className="desk" aria-hidden="true">
          {desk.name}
        </li>
      )}
      {desk.navigation.map(({ to, label }) => (
        <li key={to}>
          <NavLink to={to}>{label}</NavLink>
        </li>
      ))}
    </ul>
  );
}

function UserMenu() {
  const { name } = useUser();
  return (
    <div className="user">
      <span>{name}</span>
      <Button kind="plain" onPress={() => void signOut()}>
        サインアウト
      </Button>
    </div>
  );
}

/** A new screen takes the focus, so that a screen reader begins at its heading. */
function useFocusOnScreen(main: React.RefObject<HTMLElement | null>): void {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus();
    window.scrollTo(0, 0);
  }, [pathname, main]);
}
