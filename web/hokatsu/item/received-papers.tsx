import { useState } from 'react';
import { dayText } from '../../shared/text/dates.ts';
import { Button } from '../../shared/ui/button.tsx';
import { DateField } from '../../shared/ui/date-field.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { useAct } from './item-query.ts';
import type { PartProps } from './part-props.ts';

/** Papers that reach the 包括 by another way: the original of a plan, the final plan after advice. */
export function ReceivedPapers({ detail: { item, today }, mayAct }: PartProps) {
  const papers = item.receivable ?? [];
  const arrived = item.received ?? [];
  if (papers.length === 0 && arrived.length === 0) return null;
  return (
    <section>
      <h2>別に届く書類</h2>
      <ul className="papers">
        {arrived.map(({ document, on }) => (
          <li key={`${document} ${on}`}>
            {papers.find(({ key }) => key === document)?.title ?? '書類'}：{dayText(on)} に届きました
          </li>
        ))}
        {mayAct &&
          papers
            .filter(({ key }) => !arrived.some(({ document }) => document === key))
            .map((paper) => <Arrival key={paper.key} id={item.packet_id} paper={paper} today={today} />)}
      </ul>
    </section>
  );
}

interface ArrivalProps {
  id: string;
  paper: { key: string; title: string };
  today: string;
}

function Arrival({ id, paper, today }: ArrivalProps) {
  const [on, setOn] = useState(today);
  const act = useAct(id, 'received');
  return (
    <li className="fact-field">
      <DateField label={`「${paper.title}」が届いた日`} value={on} onChange={setOn} />
      <Button
        isDisabled={act.isPending || on === ''}
        onPress={() =>
          act.mutate({
            json: { document: paper.key, on },
            done: `「${paper.title}」の到着を記録しました。判定し直します。`,
          })
        }
      >
        到着を記録する
      </Button>
      {act.error && <Failed error={act.error} />}
    </li>
  );
}
