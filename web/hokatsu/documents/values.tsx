import type { ExplainedFact } from '../../../shared/decision/verdict.ts';
import { placeText, shortName } from '../../../shared/findings/place-text.ts';
import { Badge, type Tone } from '../../shared/ui/badge.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Crop } from './crop.tsx';
import { isSameMark, type Mark, placesOf } from './evidence.ts';
import { shownText } from './shown-text.ts';

const STATES: Record<ExplainedFact['state'], { name: string; tone: Tone } | null> = {
  known: null,
  assumed: { name: '仮の値', tone: 'soft' },
  missing: { name: '不明', tone: 'wait' },
  conflicting: { name: '食い違い', tone: 'bad' },
};

interface Props {
  packetId: string;
  facts: readonly ExplainedFact[];
  /** the value as a clerk reads it, by the path of its fact */
  textOf: (path: string) => string | null;
  chosen: Mark | null;
  onChoose: (mark: Mark) => void;
}

/** The values the decision rests on, and where each was read: a click shows the place. */
export function Values({ packetId, facts, textOf, chosen, onChoose }: Props) {
  return (
    <dl className="values">
      {facts.map((fact) => {
        const state = STATES[fact.state];
        return (
          <div key={fact.path}>
            <dt>
              {fact.label} {state && <Badge tone={state.tone}>{state.name}</Badge>}
            </dt>
            <dd>
              <span className="value">{shownText(textOf(fact.path) ?? '—')}</span>
              {fact.reason && <p className="soft">{fact.reason}</p>}
              <Places packetId={packetId} places={placesOf(fact)} chosen={chosen} onChoose={onChoose} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Places shown of one value; a service is written on many rows. */
const MOST_PLACES = 5;

function Places(props: Pick<Props, 'packetId' | 'chosen' | 'onChoose'> & { places: Mark[] }) {
  const { packetId, places, chosen, onChoose } = props;
  if (places.length === 0) return null;
  return (
    <ul className="places">
      {places.slice(0, MOST_PLACES).map((mark) => (
        <li
          key={`${JSON.stringify(mark.where)} ${mark.raw}`}
          className={isSameMark(chosen, mark) ? 'chosen' : ''}
        >
          <Button kind="plain" onPress={() => onChoose(mark)}>
            {placeText(shortened(mark.where))}
          </Button>
          {mark.raw && <span className="raw">「{mark.raw}」</span>}
          <Crop packetId={packetId} mark={mark} />
        </li>
      ))}
      {places.length > MOST_PLACES && <li className="soft">ほか {places.length - MOST_PLACES} か所</li>}
    </ul>
  );
}

/** The folder of a packet is the same for all of its files. */
const shortened = (where: Mark['where']): Mark['where'] => ({
  ...where,
  ...(where.file !== undefined && { file: shortName(where.file) }),
});
