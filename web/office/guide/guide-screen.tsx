import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { answer, api } from '../../shared/api/api.ts';
import { useWords } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Select } from '../../shared/ui/select.tsx';
import { Empty } from '../../shared/ui/states.tsx';

const guide = (city: string, event: string) =>
  answer(api.guide[':city'].$get({ param: { city }, query: event ? { event } : {} }));
type Guide = Awaited<ReturnType<typeof guide>>;

const ALL = 'all';

/** 手引き: what to hand in, when and to whom, from the rules the desk checks with; to tick on paper. */
export function GuideScreen() {
  const { cities, events } = useWords();
  const [params, setParams] = useSearchParams();
  const city = params.get('city') ?? '';
  const event = params.get('event') ?? '';
  const change = (changes: Record<string, string>) =>
    setParams(Object.entries({ city, event, ...changes }).filter(([, value]) => value !== ''));
  return (
    <Screen
      title="提出の手引き"
      about={[cities[city], events[event as keyof typeof events]].filter(Boolean).join('　') || undefined}
      actions={city !== '' && <Button onPress={() => window.print()}>印刷する</Button>}
    >
      <div className="choices screen-only">
        <Select
          label="市"
          options={Object.entries(cities).map(([value, label]) => ({ value, label }))}
          value={city || null}
          onChange={(value) => change({ city: value })}
        />
        <Select
          label="提出の理由"
          options={[
            { value: ALL, label: 'すべて' },
            ...Object.entries(events).map(([value, label]) => ({ value, label })),
          ]}
          value={event || ALL}
          onChange={(value) => change({ event: value === ALL ? '' : value })}
        />
      </div>
      {city ? <Checklist city={city} event={event} /> : <Empty>市を選ぶと、出す書類の一覧が出ます。</Empty>}
    </Screen>
  );
}

function Checklist({ city, event }: { city: string; event: string }) {
  const query = useQuery({ queryKey: ['guide', city, event], queryFn: () => guide(city, event) });
  return (
    <Loaded query={query}>
      {(data) => (
        <>
          <p className="soft">
            この手引きは、受付が審査に使う決まりと同じものから作られています（版 {data.edition}）。
            {data.provisional && '仮の版のため、変わることがあります。'}
          </p>
          {data.sections.map((section) => (
            <GuideSection key={section.title} section={section} />
          ))}
        </>
      )}
    </Loaded>
  );
}

function GuideSection({ section: { title, items } }: { section: Guide['sections'][number] }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul className="checklist">
        {items.map(({ what, when, detail, cited }) => (
          <li key={`${what} ${when} ${detail}`}>
            <strong>{what}</strong>
            <span className="when">どんなとき：{when}</span>
            {detail && <span>{detail}</span>}
            <cite className="citation">{cited.join('、')}</cite>
          </li>
        ))}
      </ul>
    </section>
  );
}
