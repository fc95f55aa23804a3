import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ProgressBar } from 'react-aria-components';
import { Link, useParams, useSearchParams } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { monthText, timeText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { SaveButton } from '../../shared/ui/save-button.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { ChangedTable } from './changed-table.tsx';
import { EditedTable } from './edited-table.tsx';
import { InForce } from './in-force.tsx';
import { ReplayBadge } from './replay-badge.tsx';
import {
  isUnderWay,
  type ListedReplay,
  replayCsv,
  replayQuery,
  rulesOfReplay,
  stopReplay,
} from './replay-queries.ts';
import './replay.css';

/** One replay: how far it is, and the verdicts that would change. City and number are in the address. */
export function ResultScreen() {
  const { id = '' } = useParams();
  const city = useSearchParams()[0].get('city') ?? '';
  const query = useInfiniteQuery(replayQuery(city, id));
  const back = new URLSearchParams({ city });
  return (
    <Screen
      title="規則の試しの結果"
      about={word(useWords().cities, city)}
      actions={<SaveButton request={() => replayCsv(city, id)}>CSVで保存する</SaveButton>}
    >
      <p className="screen-only">
        <Link to={`/city/replay?${back}`}>← 規則の試しに戻る</Link>
      </p>
      <Loaded query={query}>
        {({ pages }) => {
          const [replay] = pages;
          if (!replay) return null;
          return (
            <>
              <Progress replay={replay} />
              <EditedTable rules={replay.rules} />
              <h2>変わる判定（{replay.changed.toLocaleString('ja-JP')}）</h2>
              <ChangedTable
                city={city}
                changes={pages.flatMap(({ changes }) => changes)}
                isOver={!isUnderWay(replay)}
              />
              <MoreButton query={query} />
              <Rules city={city} id={id} />
            </>
          );
        }}
      </Loaded>
    </Screen>
  );
}

function Progress({ replay }: { replay: ListedReplay }) {
  const { city, id, from, until, asked_at, total, done, changed, unread } = replay;
  const queries = useQueryClient();
  const stopping = useMutation({
    mutationFn: () => stopReplay(city, id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['replay', city, id] }),
  });
  const figures = [
    `${timeText(asked_at)} に始めた試し`,
    `提供月 ${monthText(from)}から${monthText(until)}まで`,
    `${(total ?? 0).toLocaleString('ja-JP')}件のうち ${done.toLocaleString('ja-JP')}件を調べ、${changed.toLocaleString('ja-JP')}件の判定が変わります`,
    ...(unread > 0 ? [`保存した書類を読み直せなかったもの ${unread.toLocaleString('ja-JP')}件`] : []),
  ];
  return (
    <section className="replay-progress" aria-live="polite">
      <p>
        <ReplayBadge replay={replay} /> {figures.join('。')}。
      </p>
      {isUnderWay(replay) && (
        <div className="row">
          <ProgressBar aria-label="調べた割合" value={total ? (100 * done) / total : 0}>
            {({ percentage = 0 }) => (
              <div className="bar">
                <div className="fill" style={{ width: `${percentage}%` }} />
              </div>
            )}
          </ProgressBar>
          <Button isDisabled={stopping.isPending} onPress={() => stopping.mutate()}>
            途中で止める
          </Button>
        </div>
      )}
      {stopping.error && <Failed error={stopping.error} />}
      <p className="soft">
        どの書類も、初めに判定した日に届いたものとして、いまの規則と直した規則の両方で判定し直して比べています。人が終えた確認の結果は変わりません。
      </p>
    </section>
  );
}

/** The edited file, to be handed over. */
function Rules({ city, id }: { city: string; id: string }) {
  const { data } = useQuery({ queryKey: ['replay-rules', city, id], queryFn: () => rulesOfReplay(city, id) });
  return data ? <InForce file={`profiles/${city}.yaml`} yaml={data.yaml} /> : null;
}
