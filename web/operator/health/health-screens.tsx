import { Link, useSearchParams } from 'react-router';
import { Screen } from '../../shared/frame/screen.tsx';
import { uploadsCsv } from '../../shared/health/health-queries.ts';
import { HealthView } from '../../shared/health/health-view.tsx';
import { listOf } from '../../shared/health/parts.ts';
import { UploadList } from '../../shared/health/upload-list.tsx';
import { lastMonths } from '../../shared/health/upload-months.ts';
import { MonthChoice } from '../../shared/places/place-choice.tsx';
import { monthText } from '../../shared/text/dates.ts';
import { SaveButton } from '../../shared/ui/save-button.tsx';

const BASE = '/operator/health';

/** 状態: whether anything of the desk is lost, waits or was set aside. */
export function HealthScreen() {
  const [params, setParams] = useSearchParams();
  const month = params.get('month') ?? lastMonths(1)[0]!;
  return (
    <Screen title="受付の状態" about={monthText(month)}>
      <div className="choices">
        <MonthChoice
          label="受付の月"
          months={lastMonths(13)}
          month={month}
          onChange={(key) => setParams({ month: key })}
        />
      </div>
      <HealthView asked={{ city: null, month }} base={BASE} deadLetters="/operator/dead-letters" />
    </Screen>
  );
}

/** The uploads behind a number; what is late of one is tried again. */
export function UploadsScreen() {
  const [params] = useSearchParams();
  const month = params.get('month') ?? lastMonths(1)[0]!;
  const { state, stage, title, isEveryMonth } = listOf(params);
  const asked = { city: null, month, stage };
  return (
    <Screen
      title={title}
      about={isEveryMonth ? 'すべての月' : monthText(month)}
      actions={<SaveButton request={() => uploadsCsv(asked, state)}>CSVで保存する</SaveButton>}
    >
      <p className="screen-only">
        <Link to={`${BASE}?${new URLSearchParams({ month })}`}>← 受付の状態に戻る</Link>
      </p>
      <UploadList asked={asked} state={state} mayRetry />
    </Screen>
  );
}
