import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { CityChoice, MonthChoice, useCities } from '../../shared/places/place-choice.tsx';
import { UNKNOWN_CITY } from '../../shared/places/registry-query.ts';
import { useUser } from '../../shared/sign-in/user.ts';
import { monthText, timeText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { SaveButton } from '../../shared/ui/save-button.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { MonthNumbers } from './month-numbers.tsx';
import { numbersCsv, summariesQuery, type TrendMonth, trendQuery } from './numbers-queries.ts';
import { Trend } from './trend.tsx';
import './numbers.css';

/** 数字: a city's month by area, and its months. City and month are in the address. */
export function NumbersScreen() {
  const [params, setParams] = useSearchParams();
  const known = useCities();
  const isOperator = useUser().roles.includes('operator');
  const cities = isOperator ? [...known, UNKNOWN_CITY] : known;
  const city = params.get('city') ?? cities[0] ?? null;
  const name = word(useWords().cities, city);
  const query = useQuery({ ...trendQuery(city ?? ''), enabled: city !== null });
  const months = monthsOf(query.data?.months ?? []);
  const month = params.get('month') ?? months[0] ?? null;
  return (
    <Screen
      title="圏域ごとの数字"
      about={month ? `${name} ${monthText(month)}` : name}
      actions={
        city && month && <SaveButton request={() => numbersCsv(city, month)}>CSVで保存する</SaveButton>
      }
    >
      <div className="choices">
        <CityChoice cities={cities} city={city} onChange={(key) => setParams({ city: key })} />
        <MonthChoice
          months={months}
          month={month}
          onChange={(key) => setParams({ city: city ?? '', month: key })}
        />
      </div>
      <Loaded query={query}>
        {(trend) =>
          city && month ? (
            <>
              <Month city={city} month={month} />
              <Trend city={city} months={trend.months} />
            </>
          ) : (
            <Empty>この市の件数はまだありません。事業所から書類が届くと、圏域と提供月ごとに数えます。</Empty>
          )
        }
      </Loaded>
    </Screen>
  );
}

function Month({ city, month }: { city: string; month: string }) {
  const query = useQuery(summariesQuery(city, month));
  return (
    <Loaded query={query}>
      {({ summaries }) => (
        <>
          <p className="soft">
            {timeText(
              summaries
                .map((one) => one.computed_at)
                .sort()
                .at(-1),
            )}{' '}
            の集計。数を押すと、その数になった一件一件が開きます。
          </p>
          <MonthNumbers city={city} month={month} summaries={summaries} />
        </>
      )}
    </Loaded>
  );
}

/** The newest month first; the month no one could read last. */
function monthsOf(trend: TrendMonth[]): string[] {
  const months = trend.map(({ month }) => month);
  const known = months.filter((month) => month !== 'unknown');
  return [...known, ...months.filter((month) => month === 'unknown')];
}
