import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { monthText, timeText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { Select } from '../../shared/ui/select.tsx';
import { Empty, Failed } from '../../shared/ui/states.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { type Drawing, drawSample, type RosterAddress, samplesQuery } from './roster-query.ts';

const PURPOSES: Record<Drawing['purpose'], string> = {
  conference: '自立支援型地域ケア会議',
  second_look: '終わった確認の見直し',
};
/** As many as one meeting looks at. */
const USUAL_COUNT = '3';

/** Draws cases by chance, and shows what was drawn before: from how many, and by which seed. */
export function SamplesDialog({ address, onClose }: { address: RosterAddress; onClose: () => void }) {
  const { city, area, month } = address;
  const [purpose, setPurpose] = useState<Drawing['purpose']>('conference');
  const [count, setCount] = useState(USUAL_COUNT);
  const queries = useQueryClient();
  const draw = useMutation({
    mutationFn: () => drawSample(city, area, { purpose, month, count: wanted }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['samples', city, area] }),
  });
  // A number that was typed in full width is one as well.
  const digits = count.normalize('NFKC').trim();
  const wanted = Number(digits);
  const isCount = /^\d{1,3}$/.test(digits) && wanted >= 1 && wanted <= 100;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (isCount && !draw.isPending) draw.mutate();
  };
  return (
    <Dialog title={`${monthText(month)}の書類から抽出する`} isOpen onClose={onClose}>
      <form className="choices" onSubmit={send}>
        <Select
          label="目的"
          options={Object.entries(PURPOSES).map(([value, label]) => ({ value, label }))}
          value={purpose}
          onChange={(key) => setPurpose(key as Drawing['purpose'])}
        />
        <TextField
          label="件数"
          value={count}
          onChange={setCount}
          inputMode="numeric"
          error={isCount ? undefined : '1〜100 の数で入れてください。'}
        />
        <Button type="submit" kind="main" isDisabled={!isCount} isPending={draw.isPending}>
          無作為に抽出する
        </Button>
      </form>
      {draw.error && <Failed error={draw.error} />}
      <Samples city={city} area={area} />
    </Dialog>
  );
}

function Samples({ city, area }: { city: string; area: string }) {
  const words = useWords();
  const query = useInfiniteQuery(samplesQuery(city, area));
  return (
    <Loaded query={query}>
      {({ pages }) =>
        pages[0]?.samples.length === 0 ? (
          <Empty>
            まだ抽出していません。結果は、抽出の番号とともに記録されます。同じ書類を同じ番号で抽出すると、同じ結果になります。
          </Empty>
        ) : (
          <>
            <ol className="samples">
              {pages
                .flatMap(({ samples }) => samples)
                .map((one) => (
                  <li key={one.sample_id}>
                    <strong>{PURPOSES[one.criteria.purpose]}</strong>　{monthText(one.criteria.month)}分
                    {one.criteria.category && `　${word(words.categories, one.criteria.category)}`}
                    <p className="soft">
                      {timeText(one.at)}　{one.pool}件から{one.drawn.length}件　抽出の番号 {one.seed}
                    </p>
                    {one.drawn.length === 0 && <p>当てはまる書類がありませんでした。</p>}
                    <ul>
                      {one.drawn.map((packet, n) => (
                        <li key={packet}>
                          <Link to={`/hokatsu/documents/${packet}`}>{n + 1}件目の書類を開く</Link>
                        </li>
                      ))}
                    </ul>
                  </li>
                ))}
            </ol>
            <MoreButton query={query} />
          </>
        )
      }
    </Loaded>
  );
}
