import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';
import { Findings } from '../../shared/findings/findings.tsx';
import { LetterView } from '../../shared/letters/letter-view.tsx';
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
        <section aria-label="事業所に届く文">
          {preview.kind === 'advice' ? (
            <LetterView letter={preview.letter} />
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
