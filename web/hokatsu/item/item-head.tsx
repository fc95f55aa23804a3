import { Link } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { dayText } from '../../shared/text/dates.ts';
import { masked } from '../../shared/text/masked.ts';
import { word } from '../../shared/text/word.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { DecisionBadge } from '../../shared/ui/decision-badge.tsx';
import { Due } from '../queue/queue-table.tsx';
import type { Detail } from './item-query.ts';

/** Who and what it is about, why it is here, and until when. */
export function ItemHead({ detail: { item, today } }: { detail: Detail }) {
  const words = useWords();
  return (
    <dl className="facts">
      <Fact title="利用者">
        <Link to={`/hokatsu/people/${item.city}/${item.person}`}>{item.name ?? '氏名不明'}</Link>（
        {masked(item.insured_number)}）
      </Fact>
      <Fact title="事業所">{item.office}</Fact>
      <Fact title="提出の理由">{word(words.events, item.event)}</Fact>
      <Fact title="区分">{word(words.categories, item.category)}</Fact>
      <Fact title="判定">
        <DecisionBadge decision={item.decision} /> {word(words.reviewKinds, item.kind)}
      </Fact>
      <Fact title="期限">
        {item.state === 'open' ? (
          <Due item={{ due_date: item.due_date, waits_for: item.waits_for ?? null }} today={today} />
        ) : (
          dayText(item.due_date)
        )}
      </Fact>
      {item.reason && <Fact title="理由">{item.reason}</Fact>}
      {item.advised && (
        <Fact title="助言">
          {dayText(item.advised.on)}　{item.advised.reason}
        </Fact>
      )}
      <EndOf item={item} />
    </dl>
  );
}

function Fact({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How the review ended. */
function EndOf({ item }: { item: Detail['item'] }) {
  const words = useWords();
  if (item.state === 'open') return null;
  if (item.state === 'withdrawn') return <Fact title="結果">事業所が取り下げました。</Fact>;
  if (item.state === 'superseded')
    return (
      <Fact title="結果">
        {item.superseded_by === item.packet_id
          ? '入力した内容で判定し直し、確認するものがなくなりました。'
          : '新しい書類が届いたため、この確認は不要になりました。'}
      </Fact>
    );
  return (
    <Fact title="結果">
      <Badge tone="good">{word(words.reviews, item.closed?.decision)}</Badge> {item.closed?.by_name ?? ''}{' '}
      {item.closed?.reason}
    </Fact>
  );
}
