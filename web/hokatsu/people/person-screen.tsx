import './people.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { Citation } from '../../shared/findings/citation.tsx';
import { Screen } from '../../shared/frame/screen.tsx';
import { useAreaName } from '../../shared/places/registry-query.ts';
import { daysLeftText, dayText, monthText, today } from '../../shared/text/dates.ts';
import { masked } from '../../shared/text/masked.ts';
import { word } from '../../shared/text/word.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { DecisionBadge } from '../../shared/ui/decision-badge.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { type Person, type PersonMonth, personQuery } from './people-query.ts';
import { PersonLine } from './person-line.tsx';

/** One person: the months on a line, what is awaited, and each month with its papers. */
export function PersonScreen() {
  const { city = '', person = '' } = useParams();
  return <Loaded query={useQuery(personQuery(city, person))}>{(data) => <PersonPage data={data} />}</Loaded>;
}

function PersonPage({ data }: { data: Person }) {
  const nameOf = useAreaName(data.city);
  const area = data.area ? nameOf(data.area) : '圏域不明';
  return (
    <Screen title={data.name ?? '氏名不明'} about={`被保険者番号 ${masked(data.insured_number)}　${area}`}>
      <PersonLine months={data.months} />
      <Legend />
      {data.hidden > 0 && (
        <p className="soft">
          ほかに、担当ではない圏域の月が {data.hidden} か月あります。内容は表示されません。
        </p>
      )}
      <Awaited awaited={data.awaited} city={data.city} />
      <h2>月ごとの記録</h2>
      {data.months.map((month) => (
        <MonthCard key={month.month} month={month} />
      ))}
    </Screen>
  );
}

function Legend() {
  return (
    <p className="soft line-legend">
      直：直接　委：委託　包：包括　居：居宅介護支援　・：書類なし　太い縦線：区分の切り替え
    </p>
  );
}

const STATES: Record<string, string> = { waiting: '待っています', raised: '期限を過ぎています' };

function Awaited({ awaited, city }: Pick<Person, 'awaited' | 'city'>) {
  const open = awaited.filter(({ state }) => Object.hasOwn(STATES, state));
  return (
    <>
      <h2>これから届く書類</h2>
      {open.length === 0 ? (
        <Empty>待っている書類はありません。</Empty>
      ) : (
        <ul className="awaited">
          {open.map((one) => (
            <li key={`${one.what} ${one.month} ${one.due}`}>
              <Badge tone={one.state === 'raised' ? 'bad' : 'wait'}>{word(STATES, one.state)}</Badge>{' '}
              {one.what}（{monthText(one.month)}分）　
              {one.due ? `${dayText(one.due)}まで（${daysLeftText(one.due)}）` : '指定の日から数えます'}
              <p className="soft">
                <Citation citation={one.citation} rules={[one.rule]} city={city} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function MonthCard({ month: one }: { month: PersonMonth }) {
  const words = useWords();
  const documents = one.documents.map((kind) => word(words.documents, kind));
  const missing = one.missing_documents.map((kind) => word(words.documents, kind));
  const notification = one.notification;
  return (
    <section id={`month-${one.month}`} className="month-card" tabIndex={-1} aria-label={monthText(one.month)}>
      <h3>
        {monthText(one.month)} <DecisionBadge decision={one.decision} />{' '}
        {one.switched_from && (
          <Badge tone="wait">{word(words.categories, one.switched_from)}から切り替え</Badge>
        )}
      </h3>
      <dl className="facts">
        <Fact name="区分" value={word(words.categories, one.category, '決まらない')} />
        <Fact name="事業所" value={one.office.startsWith('_') ? '不明' : one.office} />
        <Fact
          name="請求"
          value={
            one.payer
              ? `${word(words.payers, one.payer)}　${one.total_units === null ? '' : `${one.total_units}単位`}`
              : '—'
          }
        />
        <Fact name="認定" value={certificationText(one)} />
        <Fact
          name="届出"
          value={
            notification
              ? [notification.kind, dayText(notification.date ?? notification.effective_from)]
                  .filter(Boolean)
                  .join('　')
              : 'なし'
          }
        />
        <Fact
          name="契約"
          value={
            one.contracts
              .map((parties) => parties.map((key) => word(words.payers, key)).join('と'))
              .join('、') || 'なし'
          }
        />
        <Fact name="書類" value={documents.join('、') || 'なし'} />
        {missing.length > 0 && <Fact name="足りない書類" value={missing.join('、')} isBad />}
        {one.deadlines.length > 0 && (
          <Fact
            name="期限"
            value={one.deadlines
              .map(({ what, due }) => `${what} ${/^\d{4}/.test(due) ? dayText(due) : due}`)
              .join('、')}
          />
        )}
        {one.review_due && !one.review_closed && (
          <Fact
            name="確認"
            value={`${dayText(one.review_due)}まで（${daysLeftText(one.review_due)}）`}
            isBad={one.review_due < today()}
          />
        )}
        {one.review_closed && <Fact name="確認" value={word(words.reviews, one.review_closed.decision)} />}
      </dl>
      <ul className="packet-links">
        {one.packets.map((packet) => (
          <li key={packet.packet_id}>
            <Link to={`/hokatsu/documents/${packet.packet_id}`}>
              書類を開く（{word(words.events, packet.event, '提出の理由が不明')}
              {packet.version > 1 && `、第${packet.version}版`}）
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fact({ name, value, isBad }: { name: string; value: string; isBad?: boolean }) {
  return (
    <div className={isBad ? 'bad' : ''}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const certificationText = ({ certification, cert_valid_to }: PersonMonth): string =>
  certification ? `${certification}${cert_valid_to ? `（${dayText(cert_valid_to)}まで）` : ''}` : '不明';
