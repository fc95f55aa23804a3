import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Screen } from '../../shared/frame/screen.tsx';
import { AreaChoice, CityChoice, usePlace } from '../../shared/places/place-choice.tsx';
import { monthText } from '../../shared/text/dates.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { PersonLink } from '../../shared/ui/person-link.tsx';
import { SaveButton } from '../../shared/ui/save-button.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { Due } from '../queue/queue-table.tsx';
import {
  type CalendarAddress,
  type CalendarLine,
  type CalendarPage,
  calendarCsv,
  calendarQuery,
} from './calendar-query.ts';

const KINDS = [
  ['', 'すべて', 'all'],
  ['review', '確認の期限', 'review'],
  ['watch', '書類の期限', 'watch'],
  ['claim', '請求の締切', 'claim'],
  ['certification', '認定の終わり', 'certification'],
  ['plan', '計画期間の終わり', 'plan'],
  ['retention', '保存期間の終わり', 'retention'],
] as const;

/** 期日: what has to be done in an area, by its day. City, area and kind are in the address. */
export function CalendarScreen() {
  const { params, setParams, cities, city, areas, area, areaName } = usePlace();
  const kind = params.get('kind') ?? '';
  return (
    <Screen title="期日" about={areaName}>
      <div className="choices">
        <CityChoice cities={cities} city={city} onChange={(key) => setParams({ city: key })} />
        <AreaChoice
          areas={areas}
          area={area}
          onChange={(key) => setParams({ city: city ?? '', area: key, kind })}
        />
      </div>
      {city && area ? (
        <Days
          address={{ city, area, kind }}
          onKind={(next) => setParams({ city, area, ...(next && { kind: next }) })}
        />
      ) : (
        <Empty>登録簿がまだ取り込まれていないか、担当の圏域が決まっていません。</Empty>
      )}
    </Screen>
  );
}

function Days({ address, onKind }: { address: CalendarAddress; onKind: (kind: string) => void }) {
  return (
    <Loaded query={useQuery(calendarQuery(address))}>
      {(page) => (
        <>
          <fieldset className="parts">
            <legend className="visually-hidden">期日の種類</legend>
            {KINDS.map(([key, label, count]) => (
              <Button
                key={key}
                aria-pressed={address.kind === key}
                kind={address.kind === key ? 'main' : 'normal'}
                onPress={() => onKind(key)}
              >
                {label} {page.counts[count]}
              </Button>
            ))}
          </fieldset>
          <div className="list-head">
            <p role="status">{countText(page)}</p>
            <SaveButton request={() => calendarCsv(address)}>CSVで保存する</SaveButton>
          </div>
          <Table
            label="期日の一覧"
            columns={columns(page)}
            items={page.lines}
            idOf={(line) => `${line.on} ${line.kind} ${line.packet_id} ${line.what}`}
            empty={<Empty>この期間に期日はありません。</Empty>}
          />
          {page.lines.length < page.total && (
            <p>
              ほかに {page.total - page.lines.length} 件あります。種類で絞り込むか、CSVで保存してください。
            </p>
          )}
        </>
      )}
    </Loaded>
  );
}

const countText = ({ total, counts, days_ahead }: CalendarPage): string =>
  `${total}件（今日から${days_ahead}日先まで）${counts.overdue > 0 ? `　期限を過ぎたもの ${counts.overdue}件` : ''}`;

const columns = ({ city, today }: CalendarPage): TableColumn<CalendarLine>[] => [
  {
    key: 'on',
    title: '期日',
    isShort: true,
    cell: ({ on }) => <Due item={{ due_date: on, waits_for: null }} today={today} />,
  },
  {
    key: 'person',
    title: '利用者',
    isRowHeader: true,
    cell: (one) => <PersonLink to={`/hokatsu/people/${city}/${one.person}`} {...one} />,
  },
  {
    key: 'text',
    title: 'すること',
    cell: ({ kind, packet_id, text, name }) =>
      kind === 'review' ? (
        <Link to={`/hokatsu/item/${packet_id}`}>
          {text}
          <span className="visually-hidden">（{name ?? '氏名不明'}）</span>
        </Link>
      ) : (
        text
      ),
  },
  { key: 'month', title: '提供月', isShort: true, cell: ({ month }) => monthText(month) },
  {
    key: 'office',
    title: '事業所',
    isShort: true,
    cell: ({ office }) => (office.startsWith('_') ? '不明' : office),
  },
];
