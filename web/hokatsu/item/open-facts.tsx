import { useState } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import { Select } from '../../shared/ui/select.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { say } from '../../shared/ui/toasts.tsx';
import { type Detail, useAct } from './item-query.ts';
import type { PartProps } from './part-props.ts';

type OpenFact = Detail['open_facts'][number];

/** Facts no paper shows, which would change the decision: the reviewer who sees them on the papers answers. */
export function OpenFacts({ detail: { item, open_facts }, mayAct }: PartProps) {
  const act = useAct(item.packet_id, 'answer');
  const answerable = open_facts.filter(({ shape }) => shape in FIELDS);
  if (!mayAct || answerable.length === 0) return null;
  const answer = (fact: OpenFact, value: unknown) =>
    act.mutate(
      { answers: [{ kind: 'fact', path: fact.fact, value }] },
      { onSuccess: () => say(`「${fact.label}」を記録しました。判定し直します。`) },
    );
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
              <FactField fact={fact} isDisabled={act.isPending} onAnswer={(value) => answer(fact, value)} />
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

function FactField({ fact, isDisabled, onAnswer }: FieldProps) {
  const [value, setValue] = useState('');
  const { options, hint, read } = FIELDS[fact.shape]!(fact);
  return (
    <div className="fact-field">
      {options ? (
        <Select label={fact.label} options={options} value={value || null} onChange={setValue} />
      ) : (
        <TextField label={fact.label} value={value} onChange={setValue} {...(hint && { hint })} />
      )}
      <Button isDisabled={isDisabled || value === ''} onPress={() => onAnswer(read(value))}>
        記録する
      </Button>
    </div>
  );
}

interface Field {
  options?: { value: string; label: string }[];
  hint?: string;
  read: (value: string) => unknown;
}

const asText = (value: string): unknown => value.trim();

/** How a fact of a shape is entered; one of another shape has too many parts for a field. */
const FIELDS: Record<string, (fact: OpenFact) => Field> = {
  yes_no: () => ({
    options: [
      { value: 'yes', label: 'はい' },
      { value: 'no', label: 'いいえ' },
    ],
    read: (value) => value === 'yes',
  }),
  word: ({ words }) => ({
    options: words.map(({ key, name }) => ({ value: key, label: name })),
    read: asText,
  }),
  date: () => ({ hint: '例 2024-05-31', read: asText }),
  month: () => ({ hint: '例 2024-05', read: asText }),
  number: () => ({ read: Number }),
  text: () => ({ read: asText }),
};
