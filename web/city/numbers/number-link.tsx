import { Link } from 'react-router';
import type { NumberAsked } from './numbers-queries.ts';

export const listAddress = ({ area, ...rest }: NumberAsked): string =>
  `/city/numbers/list?${new URLSearchParams({ ...rest, ...(area && { area }) })}`;

interface Props {
  asked: NumberAsked;
  count: number;
  /** what the number is, for screen readers: a figure alone says nothing */
  label: string;
}

/** A number that opens the list behind it; 0 opens nothing. */
export function NumberLink({ asked, count, label }: Props) {
  const text = count.toLocaleString('ja-JP');
  if (count === 0) return <>{text}</>;
  return (
    <Link to={listAddress(asked)} aria-label={`${label} ${text} の一覧`}>
      {text}
    </Link>
  );
}
