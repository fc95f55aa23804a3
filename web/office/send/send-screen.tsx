import './send.css';
import { useState } from 'react';
import { Screen } from '../../shared/frame/screen.tsx';
import { Checkbox } from '../../shared/ui/checkbox.tsx';
import { DropArea } from './drop-area.tsx';
import type { DroppedFile } from './dropped-files.ts';
import { planDrop } from './plan-drop.ts';
import { SendingCard } from './sending-card.tsx';
import { startSending, useSendings } from './sendings.ts';

/** 送る: a month's packets, dropped in any form; each upload with its state until every packet has its answer. */
export function SendScreen() {
  const sendings = useSendings();
  const [isCheck, setCheck] = useState(false);
  const take = (files: DroppedFile[]) =>
    void planDrop(files).then((uploads) => startSending(uploads, isCheck));
  return (
    <Screen title="書類を送る">
      <Checkbox isSelected={isCheck} onChange={setCheck}>
        送る前に確認だけする（同じ決まりで確かめ、書類も結果も残しません）
      </Checkbox>
      <DropArea onFiles={take} />
      <section aria-label="送った書類">
        {sendings.map((sending) => (
          <SendingCard key={sending.id} sending={sending} />
        ))}
      </section>
    </Screen>
  );
}
