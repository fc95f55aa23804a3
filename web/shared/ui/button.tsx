import { Button as AriaButton, type ButtonProps } from 'react-aria-components';

interface Props extends ButtonProps {
  /** main: the one thing to do; normal; plain: as a link in a text; danger: cannot be undone */
  kind?: 'main' | 'normal' | 'plain' | 'danger';
}

export function Button({ kind = 'normal', ...props }: Props) {
  return <AriaButton {...props} className={`button ${kind}`} />;
}
