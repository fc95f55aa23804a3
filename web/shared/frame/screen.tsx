import type { ReactNode } from 'react';
import { useTitle } from './use-title.ts';

interface ScreenProps {
  /** heading, and title of the window */
  title: string;
  /** what the screen is about when printed: the city, 圏域, month */
  about?: string | undefined;
  /** buttons of the whole screen, beside the heading */
  actions?: ReactNode;
  children: ReactNode;
}

/** One screen: heading, its actions, contents. */
export function Screen({ title, about, actions, children }: ScreenProps) {
  useTitle(about ? `${title} ${about}` : title);
  return (
    <article className="screen">
      <div className="screen-head">
        <h1>{title}</h1>
        {about && <p className="about">{about}</p>}
        {actions && <div className="actions">{actions}</div>}
      </div>
      {children}
    </article>
  );
}
