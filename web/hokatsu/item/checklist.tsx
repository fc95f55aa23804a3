import { Label, Radio, RadioGroup } from 'react-aria-components';
import { checklistLine } from '../../../shared/vocabulary/checklist-line.ts';
import { Citation } from '../../shared/findings/citation.tsx';
import { timeText } from '../../shared/text/dates.ts';
import { Failed } from '../../shared/ui/states.tsx';
import { useAct } from './item-query.ts';
import type { PartProps } from './part-props.ts';

const ANSWERS = [
  { value: 'yes', label: 'はい' },
  { value: 'no', label: 'いいえ' },
  { value: 'not_applicable', label: '該当しない' },
] as const;
type Answer = (typeof ANSWERS)[number]['value'];

/** What only a person decides, line by line with its citation; each answer is kept at once. */
export function Checklist({ detail: { item }, mayAct }: PartProps) {
  const act = useAct(item.packet_id, 'tick');
  if (item.checklist.length === 0) return null;
  const ticked = item.checklist.filter((line) => item.ticks?.[checklistLine(line)]).length;
  return (
    <section>
      <h2>
        人が確かめること（{ticked} / {item.checklist.length}）
      </h2>
      {act.error && <Failed error={act.error} />}
      <ul className="ticks">
        {item.checklist.map((line) => {
          const tick = item.ticks?.[checklistLine(line)];
          return (
            <li key={checklistLine(line)}>
              <RadioGroup
                value={tick?.answer ?? ''}
                isReadOnly={!mayAct}
                orientation="horizontal"
                onChange={(answer) =>
                  act.mutate({ json: { line: checklistLine(line), answer: answer as Answer } })
                }
              >
                <Label>{line.question}</Label>
                {ANSWERS.map(({ value, label }) => (
                  <Radio key={value} value={value} className="radio">
                    {label}
                  </Radio>
                ))}
              </RadioGroup>
              <p className="soft">
                <Citation citation={line.citation} rules={[line.rule]} city={item.city} />
                {tick && `　${tick.by_name ?? ''} ${timeText(tick.at)}`}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A rule may ask several things: the line is kept by its rule and question. */
