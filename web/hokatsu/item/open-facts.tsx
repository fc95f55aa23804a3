import { useState } from 'react';
import { enteredValue, FactField, hasField } from '../../shared/facts/fact-field.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { type Detail, useAct } from './item-query.ts';
import type { PartProps } from './part-props.ts';

type OpenFact = Detail['open_facts'][number];

/** Facts no paper shows, which would change the decision: the reviewer who sees them on the papers answers. */
export function OpenFacts({ detail: { item, open_facts }, mayAct }: PartProps) {
  const act = useAct(item.packet_id, 'answer');
  const answerable = open_facts.filter(hasField);
  if (!mayAct || answerable.length === 0) return null;
  const answer = (fact: OpenFact, value: unknown) =>
    act.mutate({
      json: { answers: [{ kind: 'fact', path: fact.fact, value }] },
      done: `「${fact.label}」を記録しました。判定し直します。`,
    });
  return (
    <section>
      <details>
        <summary>
          <h2>書類から分からなかったこと（{answerable.length}）</h2>
        </summary>
        <p className="soft">
          書類を見て分かるものに答えると、その答えで判定し直します。分からないものはそのままで構いません。
        </p>
        {act.error && <Failed error={act.error} />}
        <ul className="open-facts">
          {answerable.map((fact) => (
            <li key={fact.fact}>
              <Question fact={fact} isDisabled={act.isPending} onAnswer={(value) => answer(fact, value)} />
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

interface FieldProps {
  fact: OpenFact;
  isDisabled: boolean;
  onAnswer: (value: unknown) => void;
}

function Question({ fact, isDisabled, onAnswer }: FieldProps) {
  const [value, setValue] = useState('');
  return (
    <div className="fact-field">
      <FactField fact={fact} value={value} onChange={setValue} />
      <Button isDisabled={isDisabled || value === ''} onPress={() => onAnswer(enteredValue(fact, value))}>
        記録する
      </Button>
    </div>
  );
}
