import { enteredText, FactField } from '../../shared/facts/fact-field.tsx';
import { type CoverForm, type Entered, itemOf } from './cover-items.ts';

interface Props {
  form: CoverForm;
  entered: Entered;
  onChange: (entered: Entered) => void;
}

/** The items of a 送付票 that the papers leave open, each in words. */
export function CoverFields({ form: { questions, written }, entered, onChange }: Props) {
  return (
    <div className="form">
      {questions.map((question) => (
        <FactField
          key={question.item}
          fact={question}
          value={entered[question.item] ?? enteredText(itemOf(written, question.item))}
          onChange={(text) => onChange({ ...entered, [question.item]: text })}
        />
      ))}
    </div>
  );
}
