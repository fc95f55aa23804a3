import { Link } from 'react-router';
import { masked } from '../text/masked.ts';

interface Props {
  to: string;
  name: string | null;
  insured_number: string | null;
}

/** A person in a list: the name leads to what is known, the number stays on a line of its own. */
export function PersonLink({ to, name, insured_number }: Props) {
  return (
    <>
      <Link to={to}>{name ?? '氏名不明'}</Link>
      <br />
      <small className="soft">{masked(insured_number)}</small>
    </>
  );
}
