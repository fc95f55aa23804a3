import { Button } from '../../shared/ui/button.tsx';
import type { Detail } from './item-query.ts';

interface Props {
  sentences: Detail['sentences'];
  onChoose: (text: string) => void;
}

/** Prepared sentences; one that rests on a rule brings its citation. */
export function Sentences({ sentences, onChoose }: Props) {
  if (sentences.length === 0) return null;
  return (
    <details>
      <summary>文例から選ぶ（{sentences.length}）</summary>
      <ul className="sentences">
        {sentences.map(({ text, citation }) => {
          const source = citation && `（${citation.title} ${citation.place}）`;
          return (
            <li key={text}>
              <Button kind="plain" onPress={() => onChoose(text + (source ?? ''))}>
                {text}
              </Button>
              {source && <span className="soft">{source}</span>}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
