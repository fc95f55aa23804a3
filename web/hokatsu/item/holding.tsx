import { useState } from 'react';
import { timeText } from '../../shared/text/dates.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Select } from '../../shared/ui/select.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { type Detail, useAct } from './item-query.ts';

/** Who works on the item; taking it, giving it back, handing it over. */
export function Holding({ detail }: { detail: Detail }) {
  const { item, me, holder, may_act } = detail;
  const claim = useAct(item.packet_id, 'claim');
  const release = useAct(item.packet_id, 'release');
  if (item.state !== 'open') return null;
  const isMine = holder?.by === me;
  const error = claim.error ?? release.error;
  return (
    <section className="holding" aria-label="担当">
      <p>
        {!holder && '担当者はいません。'}
        {holder &&
          !isMine &&
          `${holder.by_name ?? 'ほかの担当者'} さんが ${timeText(holder.since)} から担当しています（${timeText(holder.until)} まで）。`}
        {isMine && `あなたが担当しています（${timeText(holder.until)} まで）。`}
      </p>
      {may_act && !holder && (
        <Button
          kind="main"
          isDisabled={claim.isPending}
          onPress={() => claim.mutate({ json: {}, done: '担当になりました。' })}
        >
          担当する
        </Button>
      )}
      {isMine && (
        <>
          <Button
            isDisabled={release.isPending}
            onPress={() => release.mutate({ json: {}, done: '担当を解きました。' })}
          >
            担当を解く
          </Button>
          <HandOver detail={detail} />
        </>
      )}
      {error && <Failed error={error} />}
    </section>
  );
}

function HandOver({ detail: { item, colleagues } }: { detail: Detail }) {
  const [to, setTo] = useState<string | null>(null);
  const handOver = useAct(item.packet_id, 'handOver');
  if (colleagues.length === 0) return null;
  const chosen = colleagues.find(({ subject }) => subject === to);
  const name = chosen?.name ?? chosen?.subject ?? '';
  return (
    <>
      <Select
        label="引き渡す相手"
        options={colleagues.map(({ subject, name }) => ({ value: subject, label: name ?? subject }))}
        value={to}
        onChange={setTo}
      />
      <Button
        isDisabled={!chosen || handOver.isPending}
        onPress={() =>
          chosen &&
          handOver.mutate({
            json: { to: chosen.subject },
            done: `${name} さんに引き渡しました。`,
          })
        }
      >
        引き渡す
      </Button>
      {handOver.error && <Failed error={handOver.error} />}
    </>
  );
}
