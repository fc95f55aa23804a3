import { useState } from 'react';
import { timeText } from '../../shared/text/dates.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { type Detail, useAct } from './item-query.ts';

interface Props {
  detail: Detail;
  mayAct: boolean;
}

/** The office asks to withdraw the packet that is being reviewed: to accept, or to refuse with a reason. */
export function Withdrawal({ detail: { item }, mayAct }: Props) {
  const [reason, setReason] = useState('');
  const { mutate, isPending, error } = useAct(item.packet_id, 'withdrawal');
  const { withdrawal } = item;
  if (!withdrawal || withdrawal.refused || item.state !== 'open') return null;
  return (
    <section className="card" aria-label="取下げの申出">
      <h2>事業所が取下げを申し出ています</h2>
      <p>
        {timeText(withdrawal.at)}　理由：{withdrawal.reason}
      </p>
      {mayAct && (
        <>
          <p>
            <Button
              kind="danger"
              isDisabled={isPending}
              onPress={() =>
                mutate({ json: { accept: true }, done: '取下げを認めました。この確認は不要になります。' })
              }
            >
              取下げを認める
            </Button>
          </p>
          <TextField
            label="認めない理由（事業所に伝わります）"
            rows={2}
            maxLength={500}
            value={reason}
            onChange={setReason}
          />
          <Button
            isDisabled={isPending || reason.trim() === ''}
            onPress={() =>
              mutate({ json: { accept: false, reason }, done: '取下げを認めないと伝えました。' })
            }
          >
            認めない
          </Button>
        </>
      )}
      {error && <Failed error={error} />}
    </section>
  );
}
