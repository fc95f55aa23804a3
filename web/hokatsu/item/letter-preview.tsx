import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';
import { Findings } from '../../shared/findings/findings.tsx';
import { dayText } from '../../shared/text/dates.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';

interface Props {
  id: string;
  decision: 'advised' | 'returned';
  reason: string;
}

const previewOf = ({ id, ...json }: Props) =>
  answer(api.review[':id'].preview.$post({ param: { id }, json }));

/** What the office will read, before anything is sent. */
export function LetterPreview({ id, decision, reason }: Props) {
  const query = useQuery({
    queryKey: ['preview', id, decision, reason],
    queryFn: () => previewOf({ id, decision, reason }),
  });
  return (
    <Loaded query={query}>
      {(preview) => (
        <section className="letter" aria-label="事業所に届く文">
          {preview.kind === 'advice' ? (
            <Letter letter={preview.letter} />
          ) : (
            <>
              <h3>不備通知書</h3>
              <Findings findings={preview.findings} />
            </>
          )}
        </section>
      )}
    </Loaded>
  );
}

type Advice = Extract<Awaited<ReturnType<typeof previewOf>>, { kind: 'advice' }>['letter'];

function Letter({ letter }: { letter: Advice }) {
  return (
    <>
      <h3>{letter.title}</h3>
      <p>
        {dayText(letter.date)}　{letter.number}
      </p>
      <p>{letter.addressee}</p>
      {letter.opening.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {letter.sections.map(({ title, lines }) => (
        <div key={title}>
          <h4>{title}</h4>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}
