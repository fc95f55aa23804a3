import { Link } from 'react-router';
import { masked } from '../text/masked.ts';

interface Props {
  to: string;
  name: string | null;
  insured_number: string | null;
  onOpen?: () => void;
}

/** A person in a list: the name leads to what is known, the number stays on a line of its own. */
export function PersonLink({ to, name, insured_number, onOpen }: Props) {
  return (
    <>
      <Link to={to} onClick={onOpen}>
        {name ?? '氏名不明'}
      </Link>
      <br />
      <small className="soft">{masked(insured_number)}</small>
    </>
  );
}
