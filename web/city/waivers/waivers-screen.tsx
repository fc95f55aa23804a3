import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { CityChoice, useCities } from '../../shared/places/place-choice.tsx';
import { dayText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Badge, type Tone } from '../../shared/ui/badge.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { EndDialog } from './end-dialog.tsx';
import { WaiverForm } from './waiver-form.tsx';
import { type ListedWaiver, waiversQuery } from './waivers-queries.ts';

/** 免除: what the city does not require for a time, and a form for a new one. */
export function WaiversScreen() {
  const [params, setParams] = useSearchParams();
  const cities = useCities();
  const city = params.get('city') ?? cities[0] ?? null;
  return (
    <Screen title="規則の免除" about={word(useWords().cities, city)}>
      <div className="choices">
        <CityChoice cities={cities} city={city} onChange={(key) => setParams({ city: key })} />
      </div>
      <p>
        災害などで守れない市の規則を、期間を決めて免除します。期間のうちに届いた書類では、その規則の不備を「お知らせ」に変え、免除したことを通知に書きます。国の決まり、利用者の同意や個人情報を守る規則、請求を決める規則は免除できません。
      </p>
      {city && <Waivers key={city} city={city} rule={params.get('rule')} />}
    </Screen>
  );
}

function Waivers({ city, rule }: { city: string; rule: string | null }) {
  const query = useQuery(waiversQuery(city));
  const [ending, setEnding] = useState<ListedWaiver | null>(null);
  return (
    <>
      <Loaded query={query}>
        {({ waivers }) => (
          <Table
            label="免除の一覧"
            columns={columnsOf(setEnding)}
            items={waivers}
            idOf={({ id }) => id}
            empty={<Empty>この市には免除がありません。</Empty>}
          />
        )}
      </Loaded>
      {ending && <EndDialog city={city} waiver={ending} onClose={() => setEnding(null)} />}
      <WaiverForm city={city} rule={rule} />
    </>
  );
}

const STATES: Record<ListedWaiver['state'], [Tone, string]> = {
  planned: ['soft', '開始前'],
  in_force: ['good', '免除中'],
  ending: ['wait', 'まもなく終了'],
  ended: ['soft', '終了'],
};

function columnsOf(onEnd: (waiver: ListedWaiver) => void): TableColumn<ListedWaiver>[] {
  return [
    { key: 'rule', title: '規則', isRowHeader: true, isShort: true, cell: ({ rule }) => rule },
    {
      key: 'state',
      title: '状態',
      cell: ({ state }) => <Badge tone={STATES[state][0]}>{STATES[state][1]}</Badge>,
    },
    { key: 'office', title: '事業所', cell: ({ office }) => office ?? 'すべて' },
    {
      key: 'days',
      title: '期間（受付の日）',
      cell: ({ from, until }) => `${dayText(from)}から${dayText(until)}まで`,
    },
    { key: 'approver', title: '決めた人', cell: ({ approver }) => approver },
    {
      key: 'reason',
      title: '理由',
      cell: ({ reason, ended }) => (ended ? `${reason}（終了: ${ended.reason}）` : reason),
    },
    { key: 'id', title: '番号', isShort: true, cell: ({ id }) => id },
    {
      key: 'end',
      title: '操作',
      cell: (waiver) =>
        waiver.state === 'ended' ? null : (
          <Button aria-label={`${waiver.rule} の免除を終える`} onPress={() => onEnd(waiver)}>
            終える
          </Button>
        ),
    },
  ];
}
