import './letter.css';
import type { Letter, LetterRow, LetterSection, LetterTable } from '../../../shared/letters/letter.ts';
import { dayText } from '../text/dates.ts';

/** A letter as its PDF has it: addressee, sender, number, date, what it is about, and its tables. */
export function LetterView({ letter }: { letter: Letter }) {
  const { title, number, date, addressee, sender, opening, about, sections, closing } = letter;
  return (
    <article className="letter">
      <div className="letter-right">
        <p>{number}</p>
        <p>{dayText(date)}</p>
      </div>
      <p>{addressee}</p>
      <div className="letter-right">
        {sender.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <h3>{title}</h3>
      {opening.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {about.length > 0 && <Rows rows={about} />}
      {sections.map((section) => (
        <Section key={section.title} section={section} />
      ))}
      <div className="soft">
        {closing.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </article>
  );
}

const Section = ({ section: { title, lines, tables } }: { section: LetterSection }) => (
  <>
    <h4>{title}</h4>
    {lines.length > 0 && (
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    )}
    {tables.map((table) => (
      <Table key={table.head} table={table} />
    ))}
  </>
);

const Table = ({ table: { head, rows } }: { table: LetterTable }) => (
  <div className="letter-table">
    <p>
      <strong>{head}</strong>
    </p>
    <Rows rows={rows} />
  </div>
);

const Rows = ({ rows }: { rows: LetterRow[] }) => (
  <table className="letter-rows">
    <tbody>
      {rows.map(([label, value]) => (
        <tr key={`${label} ${value}`}>
          <th scope="row">{label}</th>
          <td>{value}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
