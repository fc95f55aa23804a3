import { Link, useSearchParams } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { uploadsCsv } from '../../shared/health/health-queries.ts';
import { HealthView } from '../../shared/health/health-view.tsx';
import { listOf } from '../../shared/health/parts.ts';
import { UploadList } from '../../shared/health/upload-list.tsx';
import { lastMonths } from '../../shared/health/upload-months.ts';
import { CityChoice, MonthChoice, useCities } from '../../shared/places/place-choice.tsx';
import { monthText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { SaveButton } from '../../shared/ui/save-button.tsx';

const BASE = '/city/health';

/** City and month of the address. */
function useAsked() {
  const [params, setParams] = useSearchParams();
  const cities = useCities();
  const city = params.get('city') ?? cities[0] ?? null;
  const month = params.get('month') ?? lastMonths(1)[0]!;
  return { params, setParams, cities, city, month, name: word(useWords().cities, city) };
}

/** 状態: whether anything of the city's offices is lost or waits. */
export function HealthScreen() {
  const { setParams, cities, city, month, name } = useAsked();
  const choose = (key: string | null, next: string) => setParams({ ...(key && { city: key }), month: next });
  return (
    <Screen title="受付の状態" about={`${name} ${monthText(month)}`}>
      <div className="choices">
        <CityChoice cities={cities} city={city} onChange={(key) => choose(key, month)} />
        <MonthChoice
          label="受付の月"
          months={lastMonths(13)}
          month={month}
          onChange={(key) => choose(city, key)}
        />
      </div>
      {city && <HealthView asked={{ city, month }} base={BASE} />}
    </Screen>
  );
}

/** The uploads behind a number. Which number is in the address, so that a link opens the same list. */
export function UploadsScreen() {
  const { params, city, month, name } = useAsked();
  const { state, stage, title, isEveryMonth } = listOf(params);
  const asked = { city, month, stage };
  return (
    <Screen
      title={title}
      about={`${name} ${isEveryMonth ? 'すべての月' : monthText(month)}`}
      actions={<SaveButton request={() => uploadsCsv(asked, state)}>CSVで保存する</SaveButton>}
    >
      <p className="screen-only">
        <Link to={`${BASE}?${new URLSearchParams({ ...(city && { city }), month })}`}>
          ← 受付の状態に戻る
        </Link>
      </p>
      {city && <UploadList asked={asked} state={state} />}
    </Screen>
  );
}
